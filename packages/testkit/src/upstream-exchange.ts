/** One request at the fake upstream: what is recorded of it, and every way to answer it, well or badly. */
import { once } from "node:events";
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** What the upstream counted of one request. The fields go on changing until `ended` resolves. */
export interface UpstreamRequest {
  /** Place in the order of arrival, from 1. */
  readonly number: number;
  readonly method: string;
  /** Path and query, as sent. */
  readonly target: string;
  /** Names and values by turns, as sent. */
  readonly rawHeaders: readonly string[];
  /** When the head had arrived; epoch milliseconds with a fraction. */
  readonly arrivedAtMs: number;
  /** The body as far as it was read; empty where bodies are not kept. */
  readonly body: Buffer;
  /** Bytes of the body that were read. */
  readonly bytesRead: number;
  /** Bytes of the answer's body handed to the connection. */
  readonly bytesWritten: number;
  /** When the connection was lost before the answer was complete, by whichever side. */
  readonly abortedAtMs: number | undefined;
  /** Resolves when the answer is complete or the connection is lost. */
  readonly ended: Promise<void>;
  /** The first value of a header, by its lower-case name. */
  header(name: string): string | undefined;
}

export interface UpstreamExchange {
  readonly request: UpstreamRequest;
  readonly socket: Socket;
  /** Aborted when the connection is lost before the answer is complete. */
  readonly signal: AbortSignal;
  /** The whole body. May be called again. Rejects when the sender goes first. */
  readBody(): Promise<Buffer>;
  /** The body in the chunks it comes in; the sender feels a reader that waits between two of them. */
  bodyChunks(): AsyncIterable<Buffer>;
  sendHead(status: number, headers: OutgoingHttpHeaders | string[]): void;
  /** Resolves once the connection has room for more. Rejects when it is lost. */
  write(bytes: Buffer | string): Promise<void>;
  /** Completes the answer. */
  end(bytes?: Buffer | string): void;
  /** Resets the connection (RST). */
  reset(): void;
}

/** A way to answer: any function over the exchange. It may throw once the connection is lost. */
export type Reply = (exchange: UpstreamExchange) => void | Promise<void>;

/** Epoch milliseconds with a fraction, comparable between the processes of one machine. */
export function nowMs(): number {
  return performance.timeOrigin + performance.now();
}

/** Records one request from now on. `keepBody` false counts the body's bytes and drops them. */
export function openUpstreamExchange(
  incoming: IncomingMessage,
  response: ServerResponse,
  { number, keepBody }: { number: number; keepBody: boolean },
): UpstreamExchange {
  const lost = new AbortController();
  const chunks: Buffer[] = [];
  const counts = { read: 0, written: 0 };
  let abortedAtMs: number | undefined;
  let reading: Promise<Buffer> | undefined;

  const ended = new Promise<void>((resolve) => {
    response.once("close", () => {
      if (!response.writableFinished) {
        abortedAtMs = nowMs();
        lost.abort();
      }
      resolve();
    });
  });

  async function* bodyChunks(): AsyncGenerator<Buffer> {
    for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
      counts.read += chunk.length;
      if (keepBody) chunks.push(chunk);
      yield chunk;
    }
  }

  async function readAll(): Promise<Buffer> {
    const all: Buffer[] = [];
    for await (const chunk of bodyChunks()) all.push(chunk);
    return Buffer.concat(all);
  }

  const request: UpstreamRequest = {
    number,
    method: incoming.method ?? "",
    target: incoming.url ?? "",
    rawHeaders: incoming.rawHeaders,
    arrivedAtMs: nowMs(),
    ended,
    get body() {
      return Buffer.concat(chunks);
    },
    get bytesRead() {
      return counts.read;
    },
    get bytesWritten() {
      return counts.written;
    },
    get abortedAtMs() {
      return abortedAtMs;
    },
    header: (name) => incoming.headersDistinct[name]?.[0],
  };

  return {
    request,
    socket: incoming.socket,
    signal: lost.signal,
    bodyChunks,
    readBody() {
      reading ??= readAll();
      return reading;
    },
    sendHead(status, headers) {
      response.writeHead(status, headers);
    },
    async write(bytes) {
      lost.signal.throwIfAborted();
      counts.written += Buffer.byteLength(bytes);
      if (!response.write(bytes)) await once(response, "drain", { signal: lost.signal });
    },
    end(bytes) {
      counts.written += bytes === undefined ? 0 : Buffer.byteLength(bytes);
      response.end(bytes);
    },
    reset: () => incoming.socket.resetAndDestroy(),
  };
}
