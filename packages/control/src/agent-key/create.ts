/** Makes an agent key. The key itself is in the answer, once; only its HMAC is stored. */
import { AppError } from "@yolo/core/errors";
import { newId } from "@yolo/core/ids";
import { hashToken, mintToken } from "@yolo/identity/token";
import { z } from "zod";
import { findLiveAgent } from "../agent/find.ts";
import { idField, momentField } from "../fields.ts";
import { findAccountable } from "../member/find-accountable.ts";
import { verb } from "../verb.ts";
import { AgentKey, agentKeyKind, showAgentKey } from "./agent-key.ts";

const input = z.strictObject({
  agentId: idField("agent"),
  kind: agentKeyKind.default("live"),
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
  async run(scope, { agentId, kind, expiresAt, memberId: named }) {
    const { transaction, orgId, clock } = scope;
    await findLiveAgent(scope, agentId);
    const memberId = await findAccountable(scope, named, "agent-keys:write-for-others");
    if (expiresAt !== null && expiresAt.getTime() <= clock.now()) {
      throw new AppError("invalid_input", { message: "expiresAt must lie in the future." });
    }
    const token = mintToken(kind).reveal();
    const lastFour = token.slice(-4);
    const { peppers } = scope.secrets;
    const pepper = peppers.current;
    const hash = Uint8Array.from(hashToken(peppers, pepper, token));
    const id = newId();
    const row = await transaction.agentKey.create({
      data: { orgId, id, agentId, memberId, kind, hash, pepper, lastFour, expiresAt },
    });
    await transaction.agentKeyHash.create({ data: { hash, orgId, keyId: id } });
    const agentKey = showAgentKey(row);
    return {
      result: { ...agentKey, key: token },
      change: { subject: agentKey.id, before: null, after: agentKey },
    };
  },
});
