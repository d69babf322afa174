/**
 * A programmable model provider for tests: a real HTTP server on a free loopback port that records what
 * reached it and answers as it is told. What it counted is the judge of what the gateway let through.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { openUpstreamExchange, type Reply, type UpstreamExchange } from "./upstream-exchange.ts";
import { anthropicReply } from "./upstream-replies.ts";
import type { UpstreamRequest } from "./upstream-request.ts";

export interface Upstream extends AsyncDisposable {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** Every request since the start or the last `forget`, in the order of arrival. */
  readonly requests: readonly UpstreamRequest[];
  /** How every request is answered from now on. At first: `anthropicReply()`. */
  respondWith(reply: Reply): void;
  /** How the next requests are answered, one each, before `respondWith` counts again. */
  respondNext(...replies: readonly Reply[]): void;
  /** Called with each request when its head has arrived and awaited before it is answered. */
  onArrival(hook: (request: UpstreamRequest) => void | Promise<void>): void;
  /** Resolves with the n-th request (from 1) once it has arrived. */
  arrival(number: number): Promise<UpstreamRequest>;
  /** Value of that header (lower case) → how many requests carried it. */
  countBy(header: string): ReadonlyMap<string, number>;
  /** Drops what was recorded; numbers begin at 1 again. */
  forget(): void;
  /** Cuts what is live and stops. Throws what a hook or a reply threw, if any did. */
  close(): Promise<void>;
}

export interface UpstreamOptions {
  /** False counts bodies instead of keeping them: for runs of very many requests. */
  readonly keepBodies?: boolean;
}

/** Starts an upstream. */
export async function startUpstream({
  keepBodies = true,
}: UpstreamOptions = {}): Promise<Upstream> {
  const state = createState();
  const server = createServer((incoming, response) => {
    void serve(state, openNext(state, { incoming, response, keepBodies }));
  });
  server.requestTimeout = 0;
  server.keepAliveTimeout = 0;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not listening on TCP");

  async function close(): Promise<void> {
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
    if (state.failures.length > 0) {
      throw new AggregateError(state.failures, "a hook or reply of the upstream failed");
    }
  }

  return {
    url: `http://127.0.0.1:${address.port}`,
    get requests() {
      return state.requests;
    },
    respondWith(reply) {
      state.reply = reply;
    },
    respondNext: (...replies) => void state.next.push(...replies),
    onArrival(hook) {
      state.onArrival = hook;
    },
    arrival: (number) => arrival(state, number),
    countBy: (header) => countBy(state.requests, header),
    forget() {
      state.requests = [];
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

interface State {
  requests: UpstreamRequest[];
  reply: Reply;
  readonly next: Reply[];
  onArrival: (request: UpstreamRequest) => void | Promise<void>;
  waiting: { number: number; resolve(request: UpstreamRequest): void }[];
  readonly failures: unknown[];
}

function createState(): State {
  return {
    requests: [],
    reply: anthropicReply(),
    next: [],
    onArrival: () => undefined,
    waiting: [],
    failures: [],
  };
}

function openNext(
  state: State,
  {
    incoming,
    response,
    keepBodies,
  }: { incoming: IncomingMessage; response: ServerResponse; keepBodies: boolean },
): UpstreamExchange {
  const number = state.requests.length + 1;
  const exchange = openUpstreamExchange(incoming, response, { number, keepBody: keepBodies });
  state.requests.push(exchange.request);
  for (const waiter of state.waiting) {
    if (waiter.number === number) waiter.resolve(exchange.request);
  }
  state.waiting = state.waiting.filter((waiter) => waiter.number !== number);
  return exchange;
}

/** A reply that fails because the connection was lost is no failure; any other shows at `close`. */
async function serve(state: State, exchange: UpstreamExchange): Promise<void> {
  const reply = state.next.shift() ?? state.reply;
  try {
    await state.onArrival(exchange.request);
    await reply(exchange);
  } catch (error) {
    if (exchange.signal.aborted || exchange.socket.destroyed) return;
    state.failures.push(error);
    exchange.reset();
  }
}

function arrival(state: State, number: number): Promise<UpstreamRequest> {
  const arrived = state.requests[number - 1];
  if (arrived !== undefined) return Promise.resolve(arrived);
  return new Promise((resolve) => state.waiting.push({ number, resolve }));
}

function countBy(
  requests: readonly UpstreamRequest[],
  header: string,
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const request of requests) {
    const value = request.header(header);
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}
