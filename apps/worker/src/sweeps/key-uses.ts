/** Notes when agent keys were last used, out of what is on record. */
import type { WorkerDeps } from "../registry.ts";

/** Closes nothing, so the answer is 0. */
export async function sweepKeyUses({ sql }: WorkerDeps): Promise<number> {
  await sql`SELECT org.note_key_uses_1()`;
  return 0;
}
