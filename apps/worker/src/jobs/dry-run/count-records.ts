/** How many records a period holds. */
import { lowestIdAt } from "@yolo/core/ids";
import type { DryRun } from "@yolo/store/generated/prisma/client";
import type { OrgTransaction } from "@yolo/store/prisma";

/** Beyond it the number is not worth its price. */
const COUNTED_MAX = 1_000_000;

/** Null: more than a million. */
export async function countRecords(
  transaction: OrgTransaction,
  { orgId, since, until }: Pick<DryRun, "orgId" | "since" | "until">,
): Promise<number | null> {
  const [row] = await transaction.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM (
      SELECT FROM org.intents
      WHERE org_id = ${orgId}::uuid AND id >= ${lowestIdAt(since.getTime())}::uuid
        AND id < ${endOf(until)}::uuid
      LIMIT ${COUNTED_MAX + 1}) counted`;
  const count = Number(row?.count ?? 0);
  return count > COUNTED_MAX ? null : count;
}

/** The lowest id after the period; its last millisecond belongs to it. */
export function endOf(until: Date): string {
  return lowestIdAt(until.getTime() + 1);
}
