/** Closes the invitations that nobody accepted in time and nobody has sent again since. */
import type { WorkerDeps } from "../registry.ts";

const PER_PASS_MAX = 1_000;

/** How many were closed. */
export async function sweepOldInvitations({ sql }: WorkerDeps): Promise<number> {
  const [row] = await sql<{ closed: number }[]>`
    SELECT org.close_invitations_1(${PER_PASS_MAX}) AS closed`;
  return row?.closed ?? 0;
}
