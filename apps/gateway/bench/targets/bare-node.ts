/** The bare pass-through (pass-through.ts) in front of the upstream. */
import { join } from "node:path";
import { freePort, startProcess } from "@yolo/testkit/processes";
import { onTestedCore } from "../cores.ts";
import type { Target } from "./target.ts";

const PROGRAM = join(import.meta.dirname, "..", "pass-through.ts");
const READY_MS = 10_000;

export async function startBareNode(upstreamUrl: string): Promise<Target> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const [command = process.execPath, ...args] = [...onTestedCore, process.execPath, PROGRAM];
  const running = startProcess({
    name: "the bare pass-through",
    command,
    args,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      UPSTREAM_URL: upstreamUrl,
      PORT: String(port),
    },
  });
  await running.answers(`${url}/readyz`, READY_MS);
  return {
    name: "bare node",
    url,
    pid: running.pid ?? null,
    databasePid: null,
    readBatches: () => Promise.resolve(null),
    settled: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => running[Symbol.asyncDispose](),
  };
}
