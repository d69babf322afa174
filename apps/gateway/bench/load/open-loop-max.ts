/** How many calls a second the open loop bears: tried without anything in between, in the run that uses it. */
import type { RequestTemplate } from "../request.ts";
import { openLoop } from "./open-loop.ts";

const RATE_MAX = 8_000;
const RATE_MIN = 250;
const STEP = 0.75;
const SECONDS = 1;
/** What it bears it reaches, and half of the calls are answered at once. */
const REACHED = 0.97;
const P50_MS_MAX = 2;

/** Throws when it bears none of the rates tried. `run` is of a job of its own each time. */
export async function openLoopMax(
  url: string,
  request: RequestTemplate,
  nextRun: () => number,
): Promise<number> {
  for (let rate = RATE_MAX; rate >= RATE_MIN; rate = Math.floor(rate * STEP)) {
    const job = { url, rate, request, seconds: SECONDS, status: 200, run: nextRun() };
    const { rate: reached, p50Ms, errors } = await openLoop(job);
    if (errors.length === 0 && reached >= rate * REACHED && p50Ms <= P50_MS_MAX) return rate;
  }
  throw new Error(`the load generator does not bear ${RATE_MIN} calls a second`);
}
