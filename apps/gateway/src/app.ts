/** The HTTP server: strict at the door, then one surface per request, then the pipeline. */
import { createServer, type Server } from "node:http";
import type { Socket } from "node:net";
import { toAppError } from "@yolo/core/errors";
import type { Arrivals } from "./arrivals.ts";
import { answerClientError, endWith } from "./client-error.ts";
import { Exchange } from "./exchange.ts";
import { handle, type PipelineDeps } from "./pipeline/handle.ts";
import { HEADER_BYTES_MAX, requireStrict } from "./strict-http.ts";
import type { Surface } from "./surfaces/surface.ts";

export interface AppOptions {
  readonly pipeline: PipelineDeps;
  readonly arrivals: Arrivals;
  /** Asked in order; the last one also answers what no surface serves. */
  readonly surfaces: readonly [Surface, ...Surface[]];
  /** True from the first sign of going away: every response then closes its connection. */
  isGoing(): boolean;
  /** Further ones are closed as they are opened. */
  readonly connectionsMax: number;
  readonly limits?: RequestLimits;
}

/** How long a client may take to send; looked at every `checkMs`. */
export interface RequestLimits {
  readonly headersMs: number;
  /** The body included. */
  readonly requestMs: number;
  readonly checkMs: number;
}

const LIMITS: RequestLimits = { headersMs: 10_000, requestMs: 60_000, checkMs: 1_000 };
/** Above the idle time of common clients and load balancers, so that they close first. */
const KEEP_ALIVE_MS = 75_000;

export function createApp(options: AppOptions): Server {
  const { limits = LIMITS, arrivals } = options;
  const server = createServer(
    {
      maxHeaderSize: HEADER_BYTES_MAX,
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      connectionsCheckingInterval: limits.checkMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
      noDelay: true,
      // The door says it itself, in the surface's words (see strict-http.ts).
      requireHostHeader: false,
    },
    (request, response) => {
      const exchange = new Exchange(request, response, performance.now());
      if (!arrivals.enter(exchange)) return;
      serve(exchange, options).catch((thrown) => {
        options.pipeline.onRefused(toAppError(thrown), exchange);
        response.destroy();
      });
    },
  );
  // Beyond a count Node drops headers silently; their bytes are bounded anyway.
  server.maxHeadersCount = 0;
  server.maxConnections = options.connectionsMax;
  server.on("clientError", (cause: NodeJS.ErrnoException, socket: Socket) => {
    if (arrivals.isAnswering(socket)) socket.destroy();
    else answerClientError(cause, socket);
  });
  server.on("connect", (_request, socket: Socket) =>
    endWith(socket, "method_not_allowed", "This is not a proxy."),
  );
  return server;
}

async function serve(exchange: Exchange, options: AppOptions): Promise<void> {
  const { request, response } = exchange;
  // What follows an upgrade that nobody takes, Node drops without a word: nothing may be waiting for it.
  const isUpgrade = request.headers.upgrade !== undefined;
  if (options.isGoing() || isUpgrade) response.shouldKeepAlive = false;
  const surface = options.surfaces.find((one) => one.serves(exchange.head)) ?? options.surfaces[0];
  try {
    requireStrict(request);
  } catch (thrown) {
    const error = toAppError(thrown);
    options.pipeline.onRefused(error, exchange);
    // Whoever speaks ambiguous HTTP may mean a second request by what follows: none is taken from it.
    response.shouldKeepAlive = false;
    surface.refuse({ error, requestId: exchange.requestId }, exchange);
    return;
  }
  if (surface.greet(exchange)) return;
  await handle(exchange, surface, options.pipeline);
}
