/** What has arrived since a moment: calls on record, and those that were refused before they could be. */
import type { UnrecordedCalls } from "@yolo/store/unrecorded-calls";
import { z } from "zod";
import type { Context } from "../context.ts";
import { momentField, shownMoment } from "../fields.ts";
import { requirePermission } from "../permissions.ts";
import { listRecords } from "../record/list.ts";
import { Record } from "../record/record.ts";
import { parseInput, type Verb } from "../verb.ts";
import { Problem, problemOf } from "./problem.ts";
import { showUnrecorded, UnrecordedCall } from "./unrecorded.ts";

const input = z.strictObject({
  /** Left out: the last hour. */
  since: momentField().optional(),
});

const output = z.strictObject({
  now: shownMoment(),
  /** Newest first, 20 at most. */
  calls: z.array(z.strictObject({ record: Record, problem: Problem.nullable() })),
  /** Newest first, of the last hour; null while they cannot be read. */
  unrecorded: z.array(UnrecordedCall).nullable(),
});

const SHOWN = 20;
const HOUR_MS = 3_600_000;

/** The records are read in a transaction of their own: nothing waits for Redis there. */
export const listCalls: Verb<typeof input, typeof output> = {
  name: "onboarding.calls",
  permission: "records:read",
  input,
  output,
  async run(context, raw) {
    requirePermission(context.actor, "records:read");
    const now = context.clock.now();
    const { since = new Date(now - HOUR_MS) } = parseInput(input, raw);
    const [{ data }, unrecorded] = await Promise.all([
      listRecords.run(context, { limit: SHOWN, since: since.toISOString() }),
      readUnrecorded(context, since.getTime()),
    ]);
    return {
      now: new Date(now).toISOString(),
      calls: data.map((record) => ({ record, problem: problemOf(record) })),
      unrecorded,
    };
  },
};

async function readUnrecorded(
  { unrecordedCalls, actor }: Context,
  since: number,
): Promise<z.output<typeof UnrecordedCall>[] | null> {
  const noted = await readNoted(unrecordedCalls, actor.orgId, since);
  return noted?.slice(0, SHOWN).map(showUnrecorded) ?? null;
}

/** A convenience: whoever reads records must not fail because Redis is away. */
async function readNoted(calls: UnrecordedCalls | undefined, orgId: string, since: number) {
  try {
    return (await calls?.read(orgId, since)) ?? null;
  } catch {
    return null;
  }
}
