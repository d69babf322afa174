/** One call being answered: its id, the signal of the client having gone, and the ways to answer. */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { type ApiError, errorBody } from "./api-error.ts";

export interface Exchange {
  readonly request: IncomingMessage;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly requestId: string;
  /** Aborted once the client has gone before the answer was complete. */
  readonly signal: AbortSignal;
  sendJson(body: unknown): void;
  sendError(error: ApiError): void;
  /** Sends the head of a 200 with this content type; `length` is given where it is known. */
  startBody(contentType: string, length?: number): void;
  /** Resolves once the client has room for more. Rejects when the client has gone. */
  write(chunk: string | Buffer): Promise<void>;
  end(): void;
  /** Destroys the connection once what was written has left. */
  cut(): Promise<void>;
}

/** The exchange of one request; every answer to it carries its id in `request-id`. */
export function openExchange(request: IncomingMessage, response: ServerResponse): Exchange {
  const requestId = `req_test_${randomBytes(12).toString("hex")}`;
  const target = request.url ?? "/";
  const gone = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) gone.abort();
  });
  response.setHeader("request-id", requestId);

  function sendBytes(status: number, body: unknown): void {
    const bytes = Buffer.from(JSON.stringify(body));
    response
      .writeHead(status, { "content-type": "application/json", "content-length": bytes.length })
      .end(bytes);
  }

  return {
    request,
    method: request.method ?? "",
    headers: request.headers,
    path: target.split("?", 1)[0] ?? "",
    query: new URLSearchParams(target.split("?").slice(1).join("?")),
    requestId,
    signal: gone.signal,
    sendJson: (body) => sendBytes(200, body),
    sendError(error) {
      for (const [name, value] of Object.entries(error.headers)) response.setHeader(name, value);
      sendBytes(error.status, errorBody(error, requestId));
    },
    startBody(contentType, length) {
      response.writeHead(200, {
        "content-type": contentType,
        "cache-control": "no-cache",
        ...(length !== undefined && { "content-length": length }),
      });
    },
    async write(chunk) {
      gone.signal.throwIfAborted();
      if (!response.write(chunk)) await once(response, "drain", { signal: gone.signal });
    },
    end: () => response.end(),
    async cut() {
      await new Promise((resolve) => request.socket.write("", resolve));
      response.destroy();
    },
  };
}
