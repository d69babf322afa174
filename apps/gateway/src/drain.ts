/**
 * Going away without anybody noticing: not ready first, then no new connections, then live streams finish or are
 * ended well-formed, then every outcome is written, then the lease is given back.
 */
import { once } from "node:events";
import type { Server } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Deps } from "./deps.ts";

export interface DrainOptions {
  readonly server: Server;
  readonly deps: Deps;
  readonly lameDuckSeconds: number;
  readonly drainSeconds: number;
}

/** Upper bound for ending cut streams and writing the last outcomes. */
const LAST_WRITES_MS = 5_000;
const LOOK_MS = 20;

/** Resolves when nothing is left to do. */
export async function drain({ server, deps, ...options }: DrainOptions): Promise<void> {
  deps.arrivals.closeConnections();
  await delay(options.lameDuckSeconds * 1000);
  const closed = once(server, "close");
  server.close();
  await until(() => deps.arrivals.size() === 0, options.drainSeconds * 1000);
  deps.live.cutAll("shutting_down");
  await until(() => deps.arrivals.size() === 0 && deps.settlement.pending() === 0, LAST_WRITES_MS);
  server.closeAllConnections();
  await closed;
  await deps.close();
}

async function until(done: () => boolean, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!done() && performance.now() < deadline) await delay(LOOK_MS);
}
