/** Counts records by decision and agent, exactly, up to a bound that is named. */
import type { Effect } from "@yolo/core/decision";
import { Prisma } from "@yolo/store/generated/prisma/client";
import type { OrgTransaction } from "@yolo/store/prisma";
import { allFound, withoutJit } from "./found-records.ts";
import type { RecordFilter } from "./record-filter.ts";

export interface CountRow {
  readonly agentId: string;
  readonly decision: Effect;
  readonly count: bigint;
}

/** The counts of at most `bound` + 1 records that match: when they sum up to more than `bound`, there are more. */
export async function countRecords(
  transaction: OrgTransaction,
  { orgId, filter, bound }: { orgId: string; filter: RecordFilter; bound: number },
): Promise<CountRow[]> {
  await withoutJit(transaction);
  const found = allFound({ orgId, filter, columns: Prisma.sql`r.agent_id, r.decision` });
  return transaction.$queryRaw<CountRow[]>`
    SELECT agent_id AS "agentId", decision, count(*) AS count
    FROM (SELECT * FROM (${found}) f LIMIT ${bound + 1}) m
    GROUP BY agent_id, decision`;
}
