/** Copies records that were closed for search, and notes when their keys were used. What is not copied yet is found too. */
import type { WorkerDeps } from "../registry.ts";

const PER_STATEMENT = 2_000;
/** A pass ends, so that the other sweeps have their turn. */
const STATEMENTS_MAX = 20;

/** How many were copied. */
export async function sweepCopiedRecords({ sql }: WorkerDeps): Promise<number> {
  let copied = 0;
  for (let statement = 0; statement < STATEMENTS_MAX; statement++) {
    const [row] = await sql<{ copied: number }[]>`
      SELECT org.copy_records_2(${PER_STATEMENT}) AS copied`;
    copied += row?.copied ?? 0;
    if ((row?.copied ?? 0) < PER_STATEMENT) break;
  }
  return copied;
}
