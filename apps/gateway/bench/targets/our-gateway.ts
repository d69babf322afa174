/** Our gateway, started as `npm start` starts it: policy, inspection, records, vault, everything on. */
import { setTimeout as delay } from "node:timers/promises";
import { startGateway } from "../../test/gateway-process.ts";
import { onTestedCore } from "../cores.ts";
import type { House } from "../house.ts";
import type { Target } from "./target.ts";

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
    settled: () => settled(gateway.url),
    [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
  };
}

/** By the gateway's own metrics: no call under way, no outcome unwritten. */
async function settled(url: string): Promise<void> {
  const deadline = performance.now() + SETTLE_MS;
  for (;;) {
    const response = await fetch(`${url}/metrics`);
    const text = await response.text();
    const open = gauge(text, "yolo_live_calls") + gauge(text, "yolo_unsettled_outcomes");
    if (open === 0) return;
    if (performance.now() > deadline) {
      throw new Error(`${open} calls or outcomes are still open after ${SETTLE_MS / 1_000} s`);
    }
    await delay(LOOK_MS);
  }
}

function gauge(metrics: string, name: string): number {
  const value = new RegExp(`^${name} (\\d+)$`, "m").exec(metrics)?.[1];
  if (value === undefined) throw new Error(`the gateway has no metric ${name}`);
  return Number(value);
}
