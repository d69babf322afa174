/**
 * When keys were last used: as the worker has noted it, and from the records of the last minute what it has not yet.
 * The path of calls writes nothing for this.
 */
import { lowestIdAt } from "@yolo/core/ids";
import type { Scope } from "../verb.ts";

/** The worker notes uses far more often than this. */
const NOT_NOTED_YET_MS = 60_000;

/** Of each of these keys, by its UUID; null for one that was never used. */
export async function lastUses(
  { transaction, orgId, clock }: Scope,
  keys: readonly string[],
): Promise<(key: string) => Date | null> {
  const since = lowestIdAt(clock.now() - NOT_NOTED_YET_MS);
  const rows = await transaction.$queryRaw<{ id: string; at: Date }[]>`
    SELECT key_id AS id, max(at) AS at FROM (
      SELECT u.key_id, u.last_used_at AS at FROM org.key_uses u
      WHERE u.org_id = ${orgId}::uuid AND u.key_id = ANY (${keys}::uuid[])
      UNION ALL
      SELECT i.key_id, i.at FROM org.intents i
      WHERE i.org_id = ${orgId}::uuid AND i.id >= ${since}::uuid AND i.key_id = ANY (${keys}::uuid[])) uses
    GROUP BY key_id`;
  const uses = new Map(rows.map(({ id, at }) => [id, at]));
  return (key) => uses.get(key) ?? null;
}
