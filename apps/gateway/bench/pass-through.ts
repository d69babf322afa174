/**
 * The bare pass-through: what a Node proxy costs that only streams both ways. `node pass-through.ts` with
 * UPSTREAM_URL and PORT; nothing is read, decided or written.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Agent, type Dispatcher } from "undici";

const { UPSTREAM_URL = "", PORT = "" } = process.env;
const HOP_BY_HOP = new Set(["connection", "keep-alive", "transfer-encoding"]);
/** As many as our gateway opens to one origin. */
const upstream = new Agent({ connections: 256, pipelining: 1 });

createServer({ noDelay: true, keepAliveTimeout: 75_000 }, (request, response) => {
  if (request.url === "/readyz") response.end("ready\n");
  else passOn(request, response);
}).listen(Number(PORT), "127.0.0.1");

function passOn(request: IncomingMessage, response: ServerResponse): void {
  upstream.dispatch(
    {
      origin: UPSTREAM_URL,
      path: request.url ?? "/",
      method: request.method === "POST" ? "POST" : "GET",
      headers: endToEnd(request.rawHeaders),
      body: request.method === "POST" ? request : null,
    },
    new Reply(response),
  );
}

class Reply implements Dispatcher.DispatchHandler {
  readonly #response: ServerResponse;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#response.on("close", () => {
      if (!this.#response.writableFinished) controller.abort(new Error("the client is gone"));
    });
    this.#response.on("drain", () => controller.resume());
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
    const raw = Array.isArray(controller.rawHeaders) ? controller.rawHeaders : [];
    // Goes out with the first of the body.
    this.#response.writeHead(status, endToEnd(raw.map(String)));
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (!this.#response.write(chunk)) controller.pause();
  }

  onResponseEnd(): void {
    this.#response.end();
  }

  onResponseError(): void {
    this.#response.destroy();
  }
}

function endToEnd(raw: readonly string[]): string[] {
  const headers: string[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at] ?? "";
    if (!HOP_BY_HOP.has(name.toLowerCase())) headers.push(name, raw[at + 1] ?? "");
  }
  return headers;
}
