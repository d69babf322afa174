/** Straight to the upstream: what everything else is compared with. */
import type { Target } from "./target.ts";

export function direct(upstreamUrl: string): Target {
  return {
    name: "direct",
    url: upstreamUrl,
    pid: null,
    databasePid: null,
    readBatches: () => Promise.resolve(null),
    settled: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
