/** What agents are doing: the keys that work for them, and when they were last seen. */
import { z } from "zod";
import { showMoment, shownMoment } from "../fields.ts";
import type { Scope } from "../verb.ts";

export const AgentActivity = z.strictObject({
  /** Agent keys that work. */
  keys: z.int(),
  /** Those that are revoked or expired. */
  endedKeys: z.int(),
  /** When its latest call came; null: never. */
  lastSeenAt: shownMoment().nullable(),
});

interface Row {
  readonly id: string;
  readonly keys: bigint;
  readonly endedKeys: bigint;
  readonly at: Date | null;
}

/** Of each of these agents, by its UUID. */
export async function agentActivity(
  { transaction, orgId, clock }: Scope,
  agents: readonly string[],
): Promise<(agent: string) => z.output<typeof AgentActivity>> {
  const now = clock.now();
  const rows = await transaction.$queryRaw<Row[]>`
    SELECT a.id, greatest(k.at, r.at) AS at, coalesce(k.keys, 0) AS keys,
      coalesce(k.made - k.keys, 0) AS "endedKeys"
    FROM unnest(${agents}::uuid[]) AS a(id)
    LEFT JOIN (
      SELECT k.agent_id, max(u.last_used_at) AS at, count(*) AS made,
        count(*) FILTER (WHERE k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > ${new Date(now)})) AS keys
      FROM org.agent_keys k LEFT JOIN org.key_uses u ON u.org_id = k.org_id AND u.key_id = k.id
      WHERE k.org_id = ${orgId}::uuid AND k.agent_id = ANY (${agents}::uuid[]) GROUP BY k.agent_id) k
      ON k.agent_id = a.id
    LEFT JOIN (
      SELECT i.agent_id, max(i.at) AS at FROM org.uncopied_records_1() u
      JOIN org.intents i ON i.org_id = ${orgId}::uuid AND i.id = u.id GROUP BY i.agent_id) r
      ON r.agent_id = a.id`;
  const found = new Map(rows.map((row) => [row.id, row]));
  return (agent) => ({
    keys: Number(found.get(agent)?.keys ?? 0),
    endedKeys: Number(found.get(agent)?.endedKeys ?? 0),
    lastSeenAt: showMoment(found.get(agent)?.at ?? null),
  });
}
