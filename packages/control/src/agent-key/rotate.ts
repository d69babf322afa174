/**
 * Rotates an agent key: a new one for the same agent, and the old one ends at once or after a while in which both
 * work, so that no call fails while clients change over.
 */
import { AppError } from "@yolo/core/errors";
import { encodeId } from "@yolo/core/ids";
import type { AgentKey as Row } from "@yolo/store/generated/prisma/client";
import { z } from "zod";
import { findLiveAgent } from "../agent/find.ts";
import { idField, momentField } from "../fields.ts";
import { findAccountable } from "../member/find-accountable.ts";
import { type Scope, verb } from "../verb.ts";
import { AgentKey, agentKeyKind, showAgentKey } from "./agent-key.ts";
import { findAgentKey } from "./find.ts";
import { mintAgentKey } from "./mint.ts";

/** How long the old key still works, in milliseconds. */
const GRACE_MS = { none: 0, "15m": 900_000, "1h": 3_600_000, "24h": 86_400_000 } as const;

const input = z.strictObject({
  id: idField("agentKey"),
  /** How long the old key works beside the new one; never longer than it would have. */
  grace: z.enum(["none", "15m", "1h", "24h"]).default("none"),
  /** Of the new key. Left out: it lives as long as the old one was to live; null: it does not expire. */
  expiresAt: momentField().nullable().optional(),
});

const output = AgentKey.extend({
  /** Shown now and never again. */
  key: z.string(),
  /** The old key, with the moment at which it ends. */
  old: AgentKey,
});

/**
 * The new key keeps agent, kind, name and the member who answers for it; rotating somebody else's takes the right to
 * make keys for others. Throws `not_found`, and `conflict` when the key is expired, revoked or rotated already.
 */
export const rotateAgentKey = verb({
  name: "agent-key.rotate",
  permission: "agent-keys:write",
  input,
  output,
  taken: "This key has been rotated already.",
  async run(scope, { id, grace, expiresAt: asked }) {
    const now = scope.clock.now();
    const old = await lockKey(scope, id);
    await refuseUnlessWorking(scope, old, now);
    await findLiveAgent(scope, old.agentId);
    const memberId = await findAccountable(scope, old.memberId, "agent-keys:write-for-others");
    const expiresAt = asked === undefined ? sameLife(old, now) : asked;
    if (expiresAt !== null && expiresAt.getTime() <= now) {
      throw new AppError("invalid_input", { message: "expiresAt must lie in the future." });
    }
    const { agentId, name } = old;
    const kind = agentKeyKind.parse(old.kind);
    const fresh = { agentId, kind, name, memberId, expiresAt, rotatedFrom: id };
    const { row, key } = await mintAgentKey(scope, fresh);
    const before = showAgentKey(old);
    const ended = showAgentKey(await endKey(scope, old, { now, graceMs: GRACE_MS[grace] }));
    const made = showAgentKey(row);
    return {
      result: { ...made, key, old: ended },
      change: { subject: made.id, before, after: { ...made, old: ended } },
    };
  },
});

/** Two that rotate it at once come one after the other. Throws `not_found`. */
async function lockKey(scope: Scope, id: string): Promise<Row> {
  await scope.transaction.$executeRaw`
    SELECT FROM org.agent_keys WHERE org_id = ${scope.orgId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  return findAgentKey(scope, id);
}

async function refuseUnlessWorking(scope: Scope, old: Row, now: number): Promise<void> {
  const { transaction, orgId } = scope;
  if (old.revokedAt !== null) throw cannot("it is revoked. Make a new one");
  if (old.expiresAt !== null && old.expiresAt.getTime() <= now) {
    throw cannot("it has expired. Make a new one");
  }
  const successor = await transaction.agentKey.findUnique({
    where: { orgId_rotatedFrom: { orgId, rotatedFrom: old.id } },
  });
  if (successor === null) return;
  throw cannot(`${encodeId("agentKey", successor.id)} has taken over from it. Rotate that one`);
}

function cannot(why: string): AppError {
  return new AppError("conflict", { message: `This key cannot be rotated: ${why}.` });
}

/** As long from now as the old one had from its making. */
function sameLife({ createdAt, expiresAt }: Row, now: number): Date | null {
  return expiresAt === null ? null : new Date(now + expiresAt.getTime() - createdAt.getTime());
}

function endKey(
  { transaction, orgId }: Scope,
  { id, expiresAt }: Row,
  { now, graceMs }: { readonly now: number; readonly graceMs: number },
): Promise<Row> {
  const end = now + graceMs;
  const earlier = expiresAt !== null && expiresAt.getTime() < end ? expiresAt : new Date(end);
  return transaction.agentKey.update({
    where: { orgId_id: { orgId, id } },
    data: graceMs === 0 ? { revokedAt: new Date(now) } : { expiresAt: earlier },
  });
}
