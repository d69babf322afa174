/** Erases the sessions of people and the links and challenges under way whose time is over: they open nothing any more. */
import type { WorkerDeps } from "../registry.ts";

const PER_PASS_MAX = 5_000;

/** Closes nothing, so the answer is 0. */
export async function sweepEndedSignIns({ sql }: WorkerDeps): Promise<number> {
  await sql`
    DELETE FROM directory.person_sessions WHERE id IN (
      SELECT id FROM directory.person_sessions
      WHERE expires_at < now() ORDER BY expires_at LIMIT ${PER_PASS_MAX})`;
  await sql`
    DELETE FROM directory.verifications WHERE id IN (
      SELECT id FROM directory.verifications
      WHERE expires_at < now() ORDER BY expires_at LIMIT ${PER_PASS_MAX})`;
  return 0;
}
