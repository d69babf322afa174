/** Erases the answers kept under idempotency keys once they are not given again any more. */
import type { WorkerDeps } from "../registry.ts";

const PER_PASS_MAX = 5_000;

/** Closes nothing, so the answer is 0. */
export async function sweepOldAnswers({ sql }: WorkerDeps): Promise<number> {
  await sql`SELECT org.erase_idempotency_keys_1(${PER_PASS_MAX})`;
  return 0;
}
