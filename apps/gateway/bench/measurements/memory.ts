/** Whether memory grows with the calls served: a fresh process after it has warmed up, and much later. */
import { exactly } from "../load/closed-loop.ts";
import { costOfTree } from "../process-cost.ts";
import type { RequestTemplate } from "../request.ts";
import type { Memory } from "../results.ts";
import type { Target } from "../targets/target.ts";

export interface MemoryJob {
  readonly target: Target;
  readonly request: RequestTemplate;
  /** Calls before the first reading, and between each and the next. */
  readonly calls: readonly number[];
  readonly run: number;
}

const CONNECTIONS = 32;

/** Throws when a call goes wrong. */
export async function measureMemory(job: MemoryJob): Promise<Memory[]> {
  const { target } = job;
  const readings: Memory[] = [];
  let calls = 0;
  for (const [at, more] of job.calls.entries()) {
    const result = await exactly(more, {
      url: target.url,
      requests: [job.request],
      connections: CONNECTIONS,
      status: 200,
      run: job.run + at,
    });
    if (result.errors.length > 0) throw new Error(result.errors.join(", "));
    await target.settled();
    calls += more;
    readings.push({ calls, rssMb: target.pid === null ? 0 : costOfTree(target.pid).rssMb });
  }
  return readings;
}
