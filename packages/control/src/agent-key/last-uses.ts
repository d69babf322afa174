/**
 * When keys were last used: as was noted with the records that were copied, and by those that are not, open ones
 * included. The path of calls writes nothing for this.
 */
import type { Scope } from "../verb.ts";

/** Of each of these keys, by its UUID; null for one that was never used. */
export async function lastUses(
  { transaction, orgId }: Scope,
  keys: readonly string[],
): Promise<(key: string) => Date | null> {
  const rows = await transaction.$queryRaw<{ id: string; at: Date }[]>`
    SELECT key_id AS id, max(at) AS at FROM (
      SELECT u.key_id, u.last_used_at AS at FROM org.key_uses u
      WHERE u.org_id = ${orgId}::uuid AND u.key_id = ANY (${keys}::uuid[])
      UNION ALL
      SELECT i.key_id, i.at FROM org.uncopied_records_1() r
      JOIN org.intents i ON i.org_id = ${orgId}::uuid AND i.id = r.id AND i.key_id = ANY (${keys}::uuid[])) uses
    GROUP BY key_id`;
  const uses = new Map(rows.map(({ id, at }) => [id, at]));
  return (key) => uses.get(key) ?? null;
}
