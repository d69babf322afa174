/** The org's agent keys, newest first, revoked ones included; of one agent where asked. */
import { z } from "zod";
import { idField, limitField, showMoment, shownMoment } from "../fields.ts";
import { pageOf } from "../page.ts";
import { query } from "../verb.ts";
import { AgentKey, showAgentKey } from "./agent-key.ts";
import { lastUses } from "./last-uses.ts";

const input = z.strictObject({
  agent: idField("agent").optional(),
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
  async run(scope, { agent, limit, before }) {
    const { transaction, orgId } = scope;
    const rows = await transaction.agentKey.findMany({
      where: {
        orgId,
        ...(agent !== undefined && { agentId: agent }),
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
