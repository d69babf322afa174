/** The ids of a page of records that match a filter. */
import { Prisma } from "@yolo/store/generated/prisma/client";
import type { OrgTransaction } from "@yolo/store/prisma";
import { foundRecords, foundUncopied, withoutJit } from "./found-records.ts";
import { conditionsOf, periodOf, type RecordFilter } from "./record-filter.ts";

export interface RecordPage {
  readonly orgId: string;
  /** At most this many. */
  readonly limit: number;
  readonly filter: RecordFilter;
  /** Only records older than this id. */
  readonly before?: string | undefined;
  /** Only records newer than this id; those nearest to it. */
  readonly after?: string | undefined;
}

/** So many copies are looked through in order before all of them are: most filters fill their page there. */
const NEAREST = 20_000;

/** Nearest first: the newest, or with `after` alone the oldest of the newer ones. */
export async function findRecordIds(
  transaction: OrgTransaction,
  page: RecordPage,
): Promise<string[]> {
  await withoutJit(transaction);
  const near = await run(transaction, page, nearest(page));
  if (near.length >= page.limit) return near;
  const { orgId, filter } = page;
  const { bounds } = boundsOf(page);
  const all = foundRecords({ orgId, filter, columns: Prisma.sql`r.id`, bounds });
  return run(transaction, page, Prisma.sql`SELECT * FROM (${all}) a`);
}

/** A page of the ids that `copies` gives and of those that are not copied yet. */
async function run(
  transaction: OrgTransaction,
  page: RecordPage,
  copies: Prisma.Sql,
): Promise<string[]> {
  const { orgId, filter, limit } = page;
  const { bounds, direction } = boundsOf(page);
  const uncopied = foundUncopied({ orgId, filter, columns: Prisma.sql`r.id`, bounds });
  const rows = await transaction.$queryRaw<{ id: string }[]>`
    SELECT f.id FROM (
      (${copies} ORDER BY id ${direction} LIMIT ${limit}) UNION ALL
      (${uncopied} ORDER BY id ${direction} LIMIT ${limit})) f
    ORDER BY f.id ${direction} LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

function nearest(page: RecordPage): Prisma.Sql {
  const { bounds, direction } = boundsOf(page);
  return Prisma.sql`
    SELECT r.id FROM (
      SELECT * FROM org.copied_records r WHERE r.org_id = ${page.orgId}::uuid ${bounds} ${periodOf(page.filter)}
      ORDER BY r.id ${direction} LIMIT ${NEAREST}) r
    WHERE true ${conditionsOf(page.filter)}`;
}

function boundsOf({ before, after }: RecordPage) {
  const isForward = after !== undefined && before === undefined;
  const older = before === undefined ? Prisma.empty : Prisma.sql`AND r.id < ${before}::uuid`;
  const newer = after === undefined ? Prisma.empty : Prisma.sql`AND r.id > ${after}::uuid`;
  return {
    bounds: Prisma.sql`${older} ${newer}`,
    direction: isForward ? Prisma.sql`ASC` : Prisma.sql`DESC`,
  };
}
