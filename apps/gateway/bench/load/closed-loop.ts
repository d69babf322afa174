/** A closed loop by Node, for where there is no wrk and for runs of an exact number of calls. */
import { type Client, connectClient } from "./client.ts";
import type { ClosedLoop, LoadJob, LoadResult } from "./load.ts";
import { Tally } from "./tally.ts";

export const nodeLoop: ClosedLoop = (job) => {
  const until = performance.now() + job.seconds * 1_000;
  return loop(job, () => performance.now() < until);
};

/** The same until this many calls have been made; `seconds` counts for nothing. */
export function exactly(calls: number, job: Omit<LoadJob, "seconds">): Promise<LoadResult> {
  let left = calls;
  return loop({ ...job, seconds: 0 }, () => left-- > 0);
}

async function loop(job: LoadJob, wantsMore: () => boolean): Promise<LoadResult> {
  await using client = connectClient(job);
  const tally = new Tally(job.status);
  const startedAt = performance.now();
  const lanes = Array.from({ length: job.connections }, (_, lane) =>
    runLane({ job, client, tally, lane, wantsMore }),
  );
  await Promise.all(lanes);
  return {
    requests: tally.answered,
    seconds: (performance.now() - startedAt) / 1_000,
    ...tally.percentiles(),
    errors: tally.errors,
  };
}

interface Lane {
  readonly job: LoadJob;
  readonly client: Client;
  readonly tally: Tally;
  readonly lane: number;
  wantsMore(): boolean;
}

async function runLane({ job, client, tally, lane, wantsMore }: Lane): Promise<void> {
  for (let call = 1; ; call += 1) {
    for (const template of job.requests) {
      if (!wantsMore()) return;
      try {
        tally.answer(await client.send(template, { lane, call }));
      } catch (error) {
        tally.error(String(error));
      }
    }
  }
}
