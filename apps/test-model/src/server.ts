/** The test model's HTTP server: answers every request once, and stops without cutting an answer. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { ApiError } from "./api-error.ts";
import { type Exchange, openExchange } from "./exchange.ts";
import { route } from "./routes.ts";

export interface TestModelServer {
  /** `http://host:port`, with the port that was taken. */
  readonly url: string;
  /**
   * Accepts no new connection, lets live answers end for at most `timeoutMs`, then cuts what is left.
   * Resolves when nothing is left.
   */
  drain(timeoutMs: number): Promise<void>;
}

/** Listens. Rejects when the address cannot be had. */
export async function startServer(address: {
  host: string;
  port: number;
}): Promise<TestModelServer> {
  let draining = false;
  const server = createServer((request, response) => {
    if (draining) response.shouldKeepAlive = false;
    response.once("close", () => {
      if (draining) setImmediate(() => server.closeIdleConnections());
    });
    void answer(request, response, draining);
  });
  server.listen(address);
  await once(server, "listening");
  return {
    url: urlOf(server),
    async drain(timeoutMs) {
      draining = true;
      const closed = once(server, "close");
      server.close();
      const timer = setTimeout(() => server.closeAllConnections(), timeoutMs);
      await closed;
      clearTimeout(timer);
    },
  };
}

function urlOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not listening on TCP");
  const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  draining: boolean,
): Promise<void> {
  const exchange = openExchange(request, response);
  try {
    if (exchange.path === "/readyz") sendReadiness(exchange, draining);
    else await route(exchange);
  } catch (error) {
    if (request.socket.destroyed) return;
    if (response.headersSent) return exchange.cut();
    exchange.sendError(toApiError(error));
  }
}

function sendReadiness(exchange: Exchange, draining: boolean): void {
  if (draining) throw new ApiError(503, "The test model is shutting down.", { "retry-after": "1" });
  exchange.sendJson({ app: "test-model", status: "ready" });
}

/** What is not an error of the API is a defect: it is logged, and shows nothing of itself. */
function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  return new ApiError(500, "The test model failed.");
}
