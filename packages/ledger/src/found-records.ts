/**
 * Where records are searched: in the copies of those that are closed, and where they stand for those not copied yet.
 * In one statement, that is every record exactly once.
 */
import { Prisma } from "@yolo/store/generated/prisma/client";
import type { OrgTransaction } from "@yolo/store/prisma";
import { conditionsOf, type RecordFilter } from "./record-filter.ts";

interface Search {
  readonly orgId: string;
  readonly filter: RecordFilter;
  /** Of the shape `r`. */
  readonly columns: Prisma.Sql;
  /** Further conditions; begins with AND. */
  readonly bounds?: Prisma.Sql;
}

/**
 * A statement that gives `columns` of every record that matches, in no order. OFFSET 0 keeps what is around it from
 * changing its plan: an order and a limit would make Postgres walk all records in that order, and hope.
 */
export function foundRecords({ orgId, filter, columns, bounds }: Search): Prisma.Sql {
  return Prisma.sql`
    SELECT ${columns} FROM org.copied_records r
    WHERE r.org_id = ${orgId}::uuid ${isOpenOnly(filter) ? Prisma.sql`AND false` : Prisma.empty}
      ${bounds ?? Prisma.empty} ${conditionsOf(filter)} OFFSET 0`;
}

/** An open record has no copy. */
function isOpenOnly({ outcomes }: RecordFilter): boolean {
  return outcomes?.every((outcome) => outcome === "open") === true;
}

/** The same of those that have no copy yet. */
export function foundUncopied({ orgId, filter, columns, bounds }: Search): Prisma.Sql {
  return Prisma.sql`
    SELECT ${columns} FROM org.uncopied_records_1() u
    JOIN org.record_shapes r ON r.org_id = ${orgId}::uuid AND r.id = u.id
    WHERE true ${bounds ?? Prisma.empty} ${conditionsOf(filter)}`;
}

/** Both. */
export function allFound(search: Search): Prisma.Sql {
  return Prisma.sql`(${foundRecords(search)}) UNION ALL (${foundUncopied(search)})`;
}

/** Compiling a statement takes longer than the longest of these run. */
export async function withoutJit(transaction: OrgTransaction): Promise<void> {
  await transaction.$executeRaw`SET LOCAL jit = off`;
}
