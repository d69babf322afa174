/** Makes the partitions of records ahead of time; until they exist the default partition takes what comes. */
import type { JobEnd } from "../job-worker.ts";
import type { JobContext } from "../registry.ts";

const MONTHS_AHEAD = 3;

export async function makePartitions(_data: object, { sql }: JobContext): Promise<JobEnd> {
  await sql`SELECT org.make_partitions_1(${MONTHS_AHEAD})`;
  return "done";
}
