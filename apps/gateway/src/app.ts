/** The HTTP server: strict at the door, then one surface per request, then the pipeline. */
import { createServer, type Server } from "node:http";
import type { Socket } from "node:net";
import { AppError, type ErrorCode, toAppError } from "@yolo/core/errors";
import { Exchange } from "./exchange.ts";
import { handle, type PipelineDeps } from "./pipeline/handle.ts";
import { HEADER_BYTES_MAX, requireStrict } from "./strict-http.ts";
import type { Surface } from "./surfaces/surface.ts";

export interface AppOptions {
  readonly pipeline: PipelineDeps;
  /** Asked in order; the last one also answers what no surface serves. */
  readonly surfaces: readonly [Surface, ...Surface[]];
  isReady(): boolean;
  /** True from the first sign of going away: every response then closes its connection. */
  isGoing(): boolean;
  metrics(): Promise<{ readonly type: string; readonly text: string }>;
}

const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 60_000;
const CHECK_INTERVAL_MS = 1_000;
/** Above the idle time of common clients and load balancers, so that they close first. */
const KEEP_ALIVE_MS = 75_000;

export function createApp(options: AppOptions): Server {
  const server = createServer(
    {
      maxHeaderSize: HEADER_BYTES_MAX,
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: CHECK_INTERVAL_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      noDelay: true,
      requireHostHeader: true,
    },
    (request, response) => {
      const exchange = new Exchange(request, response, performance.now());
      serve(exchange, options).catch((thrown) => {
        options.pipeline.onRefused(toAppError(thrown), exchange);
        response.destroy();
      });
    },
  );
  server.on("clientError", answerClientError);
  return server;
}

async function serve(exchange: Exchange, options: AppOptions): Promise<void> {
  const { request, response } = exchange;
  if (options.isGoing()) response.shouldKeepAlive = false;
  const surface = options.surfaces.find((one) => one.serves(exchange.head)) ?? options.surfaces[0];
  try {
    requireStrict(request);
  } catch (thrown) {
    const error = toAppError(thrown);
    options.pipeline.onRefused(error, exchange);
    // Whoever speaks ambiguous HTTP may mean a second request by what follows: nothing more is read.
    response.shouldKeepAlive = false;
    surface.refuse({ error, requestId: exchange.requestId }, exchange);
    return;
  }
  if (await answerOperator(exchange, options)) return;
  if (surface.greet(exchange)) return;
  await handle(exchange, surface, options.pipeline);
}

/** Those who run this process ask it by address; tenants' hosts have no such paths. */
const OPERATOR_HOST = /^(?:localhost|\d+\.\d+\.\d+\.\d+|\[[0-9a-f:.]+\])(?::\d+)?$/i;

/** Health and metrics, for those who run this process; true when it was one of them. */
async function answerOperator({ head, response }: Exchange, options: AppOptions): Promise<boolean> {
  if (head.method !== "GET" || !OPERATOR_HOST.test(head.headers.host ?? "")) return false;
  switch (head.path) {
    case "/healthz":
      response.writeHead(200, { "content-type": "text/plain" }).end("ok\n");
      return true;
    case "/readyz": {
      const ready = options.isReady();
      response
        .writeHead(ready ? 200 : 503, { "content-type": "text/plain" })
        .end(ready ? "ready\n" : "not ready\n");
      return true;
    }
    case "/metrics": {
      const { type, text } = await options.metrics();
      response.writeHead(200, { "content-type": type }).end(text);
      return true;
    }
    default:
      return false;
  }
}

const PARSER_ERRORS: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  HPE_HEADER_OVERFLOW: [
    "headers_too_large",
    `The headers are larger than ${HEADER_BYTES_MAX / 1024} KB.`,
  ],
  ERR_HTTP_REQUEST_TIMEOUT: ["request_timeout", "The request was not complete in time."],
};

/** What never became a request still gets a clean answer, in the shape every client of ours reads. */
function answerClientError(cause: NodeJS.ErrnoException, socket: Socket): void {
  if (cause.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const [code, message] = PARSER_ERRORS[cause.code ?? ""] ?? [
    "malformed_request",
    "This is not a well-formed HTTP request.",
  ];
  const { status } = new AppError(code, { message });
  const body = JSON.stringify({ type: "error", error: { type: "invalid_request_error", message } });
  socket.end(
    `HTTP/1.1 ${status} Refused\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
