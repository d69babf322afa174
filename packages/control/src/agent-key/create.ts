/** Makes an agent key. The key itself is in the answer, once; only its HMAC is stored. */
import { AppError } from "@yolo/core/errors";
import { z } from "zod";
import { findLiveAgent } from "../agent/find.ts";
import { idField, momentField, nameField } from "../fields.ts";
import { findAccountable } from "../member/find-accountable.ts";
import { verb } from "../verb.ts";
import { AgentKey, agentKeyKind, showAgentKey } from "./agent-key.ts";
import { mintAgentKey } from "./mint.ts";

const input = z.strictObject({
  agentId: idField("agent"),
  kind: agentKeyKind.default("live"),
  /** What it is for; left out or null: it has no name. */
  name: nameField().nullable().default(null),
  /** Left out or null: it does not expire. */
  expiresAt: momentField().nullable().default(null),
  /** Who answers for it; left out: the one who makes it. */
  memberId: idField("member").optional(),
});

const output = AgentKey.extend({
  /** Shown now and never again. */
  key: z.string(),
});

/** Throws `not_found` for agent and member, `conflict` when the agent is archived, `invalid_input` for a past expiry. */
export const createAgentKey = verb({
  name: "agent-key.create",
  permission: "agent-keys:write",
  input,
  output,
  async run(scope, { memberId: named, ...fields }) {
    await findLiveAgent(scope, fields.agentId);
    const memberId = await findAccountable(scope, named, "agent-keys:write-for-others");
    if (fields.expiresAt !== null && fields.expiresAt.getTime() <= scope.clock.now()) {
      throw new AppError("invalid_input", { message: "expiresAt must lie in the future." });
    }
    const { row, key } = await mintAgentKey(scope, { ...fields, memberId, rotatedFrom: null });
    const agentKey = showAgentKey(row);
    return {
      result: { ...agentKey, key },
      change: { subject: agentKey.id, before: null, after: agentKey },
    };
  },
});
