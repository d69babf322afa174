/**
 * An open loop: calls begin at random moments of a given rate, whether or not earlier ones are answered, as they do
 * where many agents share a gateway. Timers have a resolution of one millisecond, the same for every target.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { RequestTemplate } from "../request.ts";
import { connectClient } from "./client.ts";
import { type Percentiles, Tally } from "./tally.ts";

export interface OpenLoopJob {
  readonly url: string;
  readonly request: RequestTemplate;
  /** Calls a second. */
  readonly rate: number;
  readonly seconds: number;
  readonly status: number;
  readonly run: number;
}

export interface OpenLoopResult extends Percentiles {
  /** Calls answered a second: below `rate` where generator or target could not keep up. */
  readonly rate: number;
  readonly errors: readonly string[];
}

/** Far more than are needed at half load: a call that waits for a connection counts its waiting. */
const CONNECTIONS = 512;
const TICK_MS = 1;
/** Calls that begin this early open the connections and are not timed; their errors count. */
const WARM_UP_MS = 500;

export async function openLoop(job: OpenLoopJob): Promise<OpenLoopResult> {
  await using client = connectClient({ ...job, connections: CONNECTIONS });
  const tally = new Tally(job.status);
  const underWay = new Set<Promise<void>>();
  let dueAt = performance.now();
  const countsFrom = dueAt + WARM_UP_MS;
  const endsAt = countsFrom + job.seconds * 1_000;
  for (let call = 0; dueAt < endsAt; ) {
    for (; dueAt <= performance.now() && dueAt < endsAt; dueAt += gapMs(job.rate)) {
      const counts = dueAt >= countsFrom;
      const sent = client
        .send(job.request, { lane: 0, call: call++ })
        .then((answer) => {
          if (counts) tally.answer(answer);
        })
        .catch((error) => tally.error(String(error)))
        .finally(() => underWay.delete(sent));
      underWay.add(sent);
    }
    await delay(TICK_MS);
  }
  await Promise.all(underWay);
  const seconds = (performance.now() - countsFrom) / 1_000;
  return { rate: tally.answered / seconds, ...tally.percentiles(), errors: tally.errors };
}

/** Exponential, which makes the arrivals a Poisson process. */
function gapMs(rate: number): number {
  return (-Math.log(1 - Math.random()) * 1_000) / rate;
}
