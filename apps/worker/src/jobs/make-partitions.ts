/** Makes the partitions of records ahead of time; until they exist the default partition takes what comes. */
import type { Sql } from "@yolo/store/sql";

const MONTHS_AHEAD = 3;

export async function makePartitions(sql: Sql): Promise<void> {
  await sql`SELECT org.make_partitions_1(${MONTHS_AHEAD})`;
}
