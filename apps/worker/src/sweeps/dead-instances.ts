/** Closes the records that a gateway left open when its lease ended. Those of a living gateway are never touched. */
import type { WorkerDeps } from "../registry.ts";

/** How many records became `unknown`. */
export async function sweepDeadInstances({ sql }: WorkerDeps): Promise<number> {
  const [row] = await sql<{ closed: number }[]>`SELECT org.sweep_instances_1() AS closed`;
  return row?.closed ?? 0;
}
