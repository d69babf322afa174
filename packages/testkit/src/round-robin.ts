/**
 * A load balancer for tests of rolling restarts: spreads requests over the targets that say they are ready,
 * and hides nothing. It never retries: what a target drops, the caller sees.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import { createTarget, type Target } from "./round-robin-target.ts";

export interface RoundRobin extends AsyncDisposable {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** The targets whose last probe was answered with 200, in the order they were added. */
  readonly ready: readonly string[];
  /** Why requests could not be passed on, or their answers broke off. Clients that left do not count. */
  readonly failures: readonly Error[];
  /**
   * Puts a target (`http://host:port`) into rotation for as long as `/readyz`, of the target itself or of `operator`,
   * says that it is ready. Resolves when it first is.
   */
  add(target: string, operator?: string): Promise<void>;
  /** Takes a target out of rotation at once. Resolves when it is answering nothing any more. */
  remove(target: string): Promise<void>;
  /** Cuts what is live and stops. */
  close(): Promise<void>;
}

export interface RoundRobinOptions {
  /** Milliseconds between two probes of a target. */
  readonly probeMs?: number;
}

/** Starts the balancer, without a target yet. */
export async function startRoundRobin({
  probeMs = 50,
}: RoundRobinOptions = {}): Promise<RoundRobin> {
  const targets = new Map<string, Target>();
  const failures: Error[] = [];
  let turn = 0;

  const readyTargets = () => [...targets.values()].filter((target) => target.ready);
  const server = createServer((incoming, response) => {
    const ready = readyTargets();
    const target = ready[turn++ % ready.length];
    const failed = (error: Error) => void failures.push(error);
    if (target !== undefined) return target.forward(incoming, response, failed);
    failed(new Error("no target is ready"));
    response.writeHead(503, { connection: "close" }).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not listening on TCP");

  async function remove(url: string): Promise<void> {
    const target = targets.get(url);
    targets.delete(url);
    await target?.stop();
  }

  async function close(): Promise<void> {
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await Promise.all([closed, ...[...targets.keys()].map(remove)]);
  }

  return {
    url: `http://127.0.0.1:${address.port}`,
    get ready() {
      return readyTargets().map((target) => target.url);
    },
    failures,
    async add(url, operator = url) {
      await remove(url);
      const target = createTarget(url, `${operator}/readyz`, probeMs);
      targets.set(url, target);
      await target.firstReady;
    },
    remove,
    close,
    [Symbol.asyncDispose]: close,
  };
}
