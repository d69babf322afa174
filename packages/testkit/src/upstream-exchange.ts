/** One request at the fake upstream, and every way to answer it, well or badly. */
import { once } from "node:events";
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { nowMs, RequestRecord, type UpstreamRequest } from "./upstream-request.ts";

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

/** Records one request from now on. `keepBody` false counts the body's bytes and drops them. */
export function openUpstreamExchange(
  incoming: IncomingMessage,
  response: ServerResponse,
  { number, keepBody }: { number: number; keepBody: boolean },
): UpstreamExchange {
  const lost = new AbortController();
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const { method = "", url: target = "", rawHeaders } = incoming;
  const request = new RequestRecord({ number, method, target, rawHeaders, ended }, keepBody);
  let reading: Promise<Buffer> | undefined;

  response.once("close", () => {
    if (!response.writableFinished) {
      request.abortedAtMs = nowMs();
      lost.abort();
    }
    end();
  });

  async function* bodyChunks(): AsyncGenerator<Buffer> {
    for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
      request.received(chunk);
      yield chunk;
    }
  }

  async function readAll(): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of bodyChunks()) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

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
      request.bytesWritten += Buffer.byteLength(bytes);
      if (!response.write(bytes)) await once(response, "drain", { signal: lost.signal });
    },
    end(bytes = "") {
      request.bytesWritten += Buffer.byteLength(bytes);
      response.end(bytes);
    },
    reset: () => incoming.socket.resetAndDestroy(),
  };
}
