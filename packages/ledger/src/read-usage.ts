/**
 * Sums what records of a period used, by agent, exactly: whole hours are summed up as records are copied, what the
 * period has beside them and what is not copied yet is read record by record.
 */
import { Prisma } from "@yolo/store/generated/prisma/client";
import type { OrgTransaction } from "@yolo/store/prisma";
import { foundRecords, foundUncopied, withoutJit } from "./found-records.ts";
import type { RecordFilter } from "./record-filter.ts";

export interface UsageRow {
  readonly agentId: string;
  readonly agentName: string | null;
  readonly calls: bigint;
  /** Denied, or waiting for approval. */
  readonly refused: bigint;
  readonly inputTokens: bigint;
  readonly outputTokens: bigint;
  /** List price of the calls whose price is known. */
  readonly costMicros: bigint;
}

export interface UsagePeriod {
  readonly orgId: string;
  readonly since: Date;
  /** Not included; left out: to the end. */
  readonly until?: Date | undefined;
  readonly agents?: readonly string[] | undefined;
}

const HOUR_MS = 3_600_000;
const COLUMNS = Prisma.sql`r.agent_id, 1::bigint AS calls, (r.decision <> 'allow')::integer::bigint AS refused,
  r.input_tokens, r.output_tokens, r.cost_micros`;

/** One row for each agent that made a call, the most expensive first. */
export async function readUsage(
  transaction: OrgTransaction,
  period: UsagePeriod,
): Promise<UsageRow[]> {
  await withoutJit(transaction);
  const { orgId, agents } = period;
  const { whole, edges } = partsOf(period);
  const parts = [
    ...(whole === undefined ? [] : [hours(period, whole)]),
    ...edges.map((edge) => {
      const filter: RecordFilter = { ...edge, agents };
      return Prisma.sql`(${foundRecords({ orgId, filter, columns: COLUMNS })})`;
    }),
    foundUncopied({ orgId, filter: period, columns: COLUMNS }),
  ];
  return transaction.$queryRaw<UsageRow[]>`
    SELECT m.agent_id AS "agentId", a.name AS "agentName", m.calls, m.refused,
      m.input AS "inputTokens", m.output AS "outputTokens", m.cost AS "costMicros"
    FROM (
      SELECT agent_id, sum(calls)::bigint AS calls, sum(refused)::bigint AS refused,
        coalesce(sum(input_tokens), 0)::bigint AS input, coalesce(sum(output_tokens), 0)::bigint AS output,
        coalesce(sum(cost_micros), 0)::bigint AS cost
      FROM (${Prisma.join(parts, " UNION ALL ")}) p GROUP BY agent_id) m
    LEFT JOIN org.agents a ON a.org_id = ${orgId}::uuid AND a.id = m.agent_id
    ORDER BY m.cost DESC, m.calls DESC, m.agent_id`;
}

interface Hours {
  /** In hours since 1970. */
  readonly from: number;
  /** Not included. */
  readonly to: number | undefined;
}

/** The whole hours of a period, and what it has before and after them. */
function partsOf({ since, until }: UsagePeriod): {
  readonly whole: Hours | undefined;
  readonly edges: readonly RecordFilter[];
} {
  const from = Math.ceil(since.getTime() / HOUR_MS);
  const to = until === undefined ? undefined : Math.floor(until.getTime() / HOUR_MS);
  if (to !== undefined && to <= from) return { whole: undefined, edges: [{ since, until }] };
  const before = { since, until: new Date(from * HOUR_MS) };
  const after = to === undefined ? [] : [{ since: new Date(to * HOUR_MS), until }];
  return { whole: { from, to }, edges: [before, ...after] };
}

function hours({ orgId, agents }: UsagePeriod, { from, to }: Hours): Prisma.Sql {
  const upTo = to === undefined ? Prisma.empty : Prisma.sql`AND u.hour < ${to}::bigint`;
  const of =
    agents === undefined ? Prisma.empty : Prisma.sql`AND u.agent_id = ANY (${agents}::uuid[])`;
  return Prisma.sql`
    SELECT u.agent_id, u.calls, u.refused, u.input_tokens, u.output_tokens, u.cost_micros FROM org.usage_hours u
    WHERE u.org_id = ${orgId}::uuid AND u.hour >= ${from}::bigint ${upTo} ${of}`;
}
