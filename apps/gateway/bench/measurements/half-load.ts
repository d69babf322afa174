/** What a target adds to the time of a call when it is half busy: the same arrivals with it and without it. */
import { openLoop } from "../load/open-loop.ts";
import type { RequestTemplate } from "../request.ts";
import type { HalfLoad } from "../results.ts";
import type { Target } from "../targets/target.ts";

export interface HalfLoadJob {
  readonly direct: Target;
  readonly target: Target;
  /** Requests a second that the target bears. */
  readonly capacity: number;
  /** Beyond this the generator itself would add to what it measures. */
  readonly rateMax: number;
  readonly request: RequestTemplate;
  readonly seconds: number;
  readonly run: number;
}

export async function measureHalfLoad(job: HalfLoadJob): Promise<HalfLoad> {
  const rate = Math.min(job.capacity / 2, job.rateMax);
  const at = (url: string, run: number) =>
    openLoop({ url, rate, request: job.request, seconds: job.seconds, status: 200, run });
  const without = await at(job.direct.url, job.run);
  const through = await at(job.target.url, job.run);
  await job.target.settled();
  return {
    rate,
    reached: through.rate,
    p50Ms: through.p50Ms,
    p99Ms: through.p99Ms,
    addedP50Ms: through.p50Ms - without.p50Ms,
    addedP99Ms: through.p99Ms - without.p99Ms,
    errors: [...without.errors.map((error) => `direct: ${error}`), ...through.errors],
  };
}
