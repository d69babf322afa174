/** One target of the load balancer: probed for readiness, and reached over connections that are kept. */
import { Agent, get, type IncomingMessage, request, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

export interface Target {
  readonly url: string;
  /** Whether the last probe was answered with 200. */
  readonly ready: boolean;
  /** Resolves when a probe first succeeds. Rejects when the target is stopped before. */
  readonly firstReady: Promise<void>;
  /** Passes a request and its answer on; `failed` hears of what broke on the target's side. */
  forward(
    incoming: IncomingMessage,
    response: ServerResponse,
    failed: (error: Error) => void,
  ): void;
  /** Ends the probing; no request may follow. Resolves when nothing is being answered any more. */
  stop(): Promise<void>;
}

/** A probe that takes longer counts as not ready. */
const PROBE_TIMEOUT_MS = 1_000;
/** Headers that speak of one connection only (RFC 9110 §7.6.1). */
const HOP_BY_HOP = new Set(["connection", "keep-alive", "proxy-connection", "upgrade"]);

/** Begins to ask `readyUrl` whether the target is ready. */
export function createTarget(url: string, readyUrl: string, probeMs: number): Target {
  const agent = new Agent({ keepAlive: true });
  const stopped = new AbortController();
  const first = Promise.withResolvers<void>();
  const live = new Set<Promise<void>>();
  let ready = false;

  async function probeUntilStopped(): Promise<void> {
    while (!stopped.signal.aborted) {
      ready = await isReady(readyUrl);
      if (ready) first.resolve();
      await sleep(probeMs, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  }
  void probeUntilStopped();

  return {
    url,
    get ready() {
      return ready && !stopped.signal.aborted;
    },
    firstReady: first.promise,
    forward(incoming, response, failed) {
      const done = new Promise<void>((resolve) => response.once("close", () => resolve()));
      live.add(done);
      void done.then(() => live.delete(done));
      forward({ incoming, response, failed, origin: new URL(url), agent });
    },
    async stop() {
      stopped.abort();
      first.reject(new Error(`${url} was removed before it was ready`));
      await Promise.all(live);
      agent.destroy();
    },
  };
}

function isReady(readyUrl: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = get(readyUrl, { agent: false, timeout: PROBE_TIMEOUT_MS }, (answer) => {
      answer.resume().once("close", () => resolve(answer.statusCode === 200 && answer.complete));
    });
    probe.once("timeout", () => probe.destroy(new Error("no answer")));
    probe.once("error", () => resolve(false));
  });
}

interface Forwarding {
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  readonly failed: (error: Error) => void;
  readonly origin: URL;
  readonly agent: Agent;
}

function forward({ incoming, response, failed, origin, agent }: Forwarding): void {
  const onward = request({
    agent,
    hostname: origin.hostname,
    port: origin.port,
    method: incoming.method,
    path: incoming.url,
    headers: endToEnd(incoming.rawHeaders),
  });
  function breakOff(error: Error): void {
    if (response.closed) return;
    failed(error);
    response.destroy();
  }
  onward.once("error", breakOff);
  onward.once("response", (answer) => {
    answer.once("error", breakOff);
    response.writeHead(answer.statusCode ?? 502, endToEnd(answer.rawHeaders));
    answer.pipe(response);
  });
  response.once("close", () => {
    if (!response.writableFinished) onward.destroy();
  });
  incoming.pipe(onward);
}

/** Names and values by turns, without those of one connection. */
function endToEnd(rawHeaders: readonly string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const [name = "", value = ""] = rawHeaders.slice(at, at + 2);
    if (!HOP_BY_HOP.has(name.toLowerCase())) kept.push(name, value);
  }
  return kept;
}
