/** The org's agent keys, newest first; of one agent, or those in one state, where asked. */
import { z } from "zod";
import { idField, limitField, showMoment, shownMoment } from "../fields.ts";
import { pageOf } from "../page.ts";
import { query } from "../verb.ts";
import { AgentKey, showAgentKey } from "./agent-key.ts";
import { lastUses } from "./last-uses.ts";

const input = z.strictObject({
  agent: idField("agent").optional(),
  /** `working`, or `ended`: revoked or expired; left out: both. */
  state: z.enum(["working", "ended"]).optional(),
  limit: limitField(200),
  /** Only keys older than this one. */
  before: idField("agentKey").optional(),
});

const item = AgentKey.extend({
  /** When a call came with it that was identified; null: never. */
  lastUsedAt: shownMoment().nullable(),
});

export const listAgentKeys = query({
  name: "agent-key.list",
  permission: "agent-keys:read",
  input,
  output: z.strictObject({ data: z.array(item), nextBefore: AgentKey.shape.id.nullable() }),
  async run(scope, { agent, state, limit, before }) {
    const { transaction, orgId, clock } = scope;
    const now = new Date(clock.now());
    const rows = await transaction.agentKey.findMany({
      where: {
        orgId,
        ...(agent !== undefined && { agentId: agent }),
        ...(state === "ended" && {
          OR: [{ revokedAt: { not: null } }, { expiresAt: { lte: now } }],
        }),
        ...(state === "working" && {
          revokedAt: null,
          OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
        }),
        ...(before !== undefined && { id: { lt: before } }),
      },
      orderBy: { id: "desc" },
      take: limit + 1,
    });
    const lastUse = await lastUses(
      scope,
      rows.map(({ id }) => id),
    );
    return pageOf(
      rows.map((row) => ({ ...showAgentKey(row), lastUsedAt: showMoment(lastUse(row.id)) })),
      limit,
    );
  },
});
