/** How much one target does with its core under a closed loop, and what each request costs. */
import type { ClosedLoop } from "../load/load.ts";
import { type Cost, costOfTree } from "../process-cost.ts";
import type { RequestTemplate } from "../request.ts";
import type { Sample } from "../results.ts";
import type { Scenario } from "../scenarios.ts";
import type { Batched, Target } from "../targets/target.ts";

export interface ThroughputJob {
  readonly target: Target;
  readonly scenario: Pick<Scenario, "connections" | "status">;
  readonly requests: readonly RequestTemplate[];
  readonly load: ClosedLoop;
  readonly seconds: number;
  readonly run: number;
}

/** What follows the calls (outcomes being written) is awaited and counted too. */
export async function measureThroughput(job: ThroughputJob): Promise<Sample> {
  const { target, scenario } = job;
  await target.settled();
  const batchesBefore = await target.readBatches();
  const before = readCosts(target);
  const result = await job.load({
    url: target.url,
    requests: job.requests,
    connections: scenario.connections,
    status: scenario.status,
    seconds: job.seconds,
    run: job.run,
  });
  await target.settled();
  const after = readCosts(target);
  const batches = await target.readBatches();
  return {
    perSecond: result.requests / result.seconds,
    p50Ms: result.p50Ms,
    p99Ms: result.p99Ms,
    cpuMicros: perRequest(before.own, after.own, result.requests),
    databaseMicros: perRequest(before.database, after.database, result.requests),
    rssMb: after.own?.rssMb ?? null,
    admittedTogether: perBatch(batchesBefore?.admission, batches?.admission),
    settledTogether: perBatch(batchesBefore?.settlement, batches?.settlement),
    errors: result.errors,
  };
}

interface Costs {
  readonly own: Cost | null;
  readonly database: Cost | null;
}

function readCosts({ pid, databasePid }: Target): Costs {
  const read = (root: number | null) => (root === null ? null : costOfTree(root));
  return { own: read(pid), database: read(databasePid) };
}

function perRequest(before: Cost | null, after: Cost | null, requests: number): number | null {
  if (before === null || after === null) return null;
  return (after.cpuMicros - before.cpuMicros) / requests;
}

/** Null also where nothing was committed. */
function perBatch(before: Batched | undefined, after: Batched | undefined): number | null {
  if (before === undefined || after === undefined || after.batches === before.batches) return null;
  return (after.items - before.items) / (after.batches - before.batches);
}
