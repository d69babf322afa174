/** Our gateway, started as `npm start` starts it: policy, inspection, records, vault, everything on. */
import { setTimeout as delay } from "node:timers/promises";
import { startGateway } from "../../test/gateway-process.ts";
import { onTestedCore } from "../cores.ts";
import type { House } from "../house.ts";
import type { Batched, Batches, Target } from "./target.ts";

const SETTLE_MS = 30_000;
const LOOK_MS = 20;

export async function startOurGateway(house: House): Promise<Target> {
  const gateway = await startGateway({
    gatewayUrl: house.gatewayUrl,
    secretsFile: house.secretsFile,
    testModelUrl: house.upstreamUrl,
    behind: onTestedCore,
  });
  return {
    name: "ours",
    url: gateway.url,
    pid: gateway.process.pid ?? null,
    databasePid: house.databasePid,
    readBatches: () => readBatches(gateway.operatorUrl),
    settled: () => settled(gateway.operatorUrl),
    [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
  };
}

/** By the gateway's own metrics: no call under way, no outcome unwritten. */
async function settled(url: string): Promise<void> {
  const deadline = performance.now() + SETTLE_MS;
  for (;;) {
    const metrics = await readMetrics(url);
    const open = figure(metrics, "yolo_live_calls") + figure(metrics, "yolo_unsettled_outcomes");
    if (open === 0) return;
    if (performance.now() > deadline) {
      throw new Error(`${open} calls or outcomes are still open after ${SETTLE_MS / 1_000} s`);
    }
    await delay(LOOK_MS);
  }
}

async function readBatches(url: string): Promise<Batches> {
  const metrics = await readMetrics(url);
  const read = (of: keyof Batches): Batched => ({
    batches: figure(metrics, `yolo_batch_items_count{of="${of}"}`, 0),
    items: figure(metrics, `yolo_batch_items_sum{of="${of}"}`, 0),
  });
  return { admission: read("admission"), settlement: read("settlement") };
}

async function readMetrics(url: string): Promise<ReadonlyMap<string, number>> {
  const response = await fetch(`${url}/metrics`);
  const lines = (await response.text()).split("\n").filter((line) => !line.startsWith("#"));
  return new Map(
    lines.map((line) => {
      const space = line.lastIndexOf(" ");
      return [line.slice(0, space), Number(line.slice(space + 1))];
    }),
  );
}

/** `otherwise`: of a metric with labels, which is there once it has counted something. */
function figure(metrics: ReadonlyMap<string, number>, name: string, otherwise?: number): number {
  const value = metrics.get(name) ?? otherwise;
  if (value === undefined) throw new Error(`the gateway has no metric ${name}`);
  return value;
}
