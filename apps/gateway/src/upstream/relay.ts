/**
 * Sends one request upstream and streams the reply to the client: bytes unchanged, back-pressure both ways, the
 * upstream aborted when the client goes, and a well-formed ending when we cut it short.
 */
import type { ServerResponse } from "node:http";
import { AppError } from "@yolo/core/errors";
import type { Dispatcher } from "undici";
import type { Exchange } from "../exchange.ts";
import { hopByHop } from "./headers.ts";
import type { Upstream } from "./upstream.ts";

/** Watches a reply as it passes. Sees every byte after it went to the client. */
export interface Tap {
  chunk(bytes: Buffer): void;
  /**
   * The bytes that end the reply well-formed here and now; `inside_event` when the client has half an event, which
   * must be completed first; null when the reply cannot be ended but by closing.
   */
  ending(why: string): Buffer | "inside_event" | null;
  /** How many of these bytes belong to the event under way: all of them when it does not end here. */
  bytesToEventEnd(bytes: Buffer): number;
}

export interface RelayRequest {
  readonly method: Dispatcher.HttpMethod;
  /** Path and query, as sent by the client. */
  readonly target: string;
  /** Name, value, name, value …, complete. */
  readonly headers: string[];
  readonly body: Buffer | null;
  /** Called once with the upstream's head; its tap then sees the body. */
  tap(status: number, headers: ReplyHeaders): Tap | null;
  /** What to tell the client when we cut the reply. */
  readonly cutText: Readonly<Record<"no_longer_allowed" | "shutting_down" | "lease_ended", string>>;
}

export type ReplyHeaders = Readonly<Record<string, string | string[] | undefined>>;

export interface Relayed {
  readonly outcome: "done" | "upstream_error" | "aborted" | "not_sent";
  /** The upstream's status; null when none came. */
  readonly status: number | null;
  /** What the client has been told, when it was not the upstream that spoke. */
  readonly error: AppError | null;
  readonly firstByteMs: number | null;
  readonly responseBytes: number;
  readonly headers: ReplyHeaders;
}

/** Resolves once, when the reply has ended one way or another; never rejects. */
export function relay(
  request: RelayRequest,
  exchange: Exchange,
  upstream: Upstream,
): Promise<Relayed> {
  return new Promise((resolve) => {
    const transfer = new Transfer(request, exchange, resolve);
    if (transfer.ended) return;
    upstream.dispatcher.dispatch(
      {
        origin: upstream.origin,
        path: upstream.basePath + request.target,
        method: request.method,
        headers: request.headers,
        body: request.body,
      },
      transfer,
    );
  });
}

/** How long a cut waits for the event under way to be completed. */
const EVENT_END_MS = 500;

class Transfer implements Dispatcher.DispatchHandler {
  readonly #request: RelayRequest;
  readonly #exchange: Exchange;
  readonly #resolve: (relayed: Relayed) => void;
  #controller: Dispatcher.DispatchController | null = null;
  #tap: Tap | null = null;
  #status: number | null = null;
  #headers: ReplyHeaders = {};
  #firstByteMs: number | null = null;
  #bytes = 0;
  #ended = false;
  #eventTimer: NodeJS.Timeout | null = null;

  constructor(request: RelayRequest, exchange: Exchange, resolve: (relayed: Relayed) => void) {
    this.#request = request;
    this.#exchange = exchange;
    this.#resolve = resolve;
    // From now on, since a call may wait long for its connection. Either listener runs at once if it is due.
    exchange.onClientGone(() => this.#abort());
    exchange.onCut((reason) => this.#cut(request.cutText[reason]));
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Called with the connection at hand, before a byte is written to it. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#ended) controller.abort(new Error("the exchange ended"));
    else this.#controller = controller;
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: ReplyHeaders,
  ): void {
    // Informational answers (RFC 9110 §15.2) are between the upstream and us.
    if (status < 200 || this.#ended) return;
    const { response, startedAtMs } = this.#exchange;
    // Throws on a head that Node does not send: the client then hears of it as of any other broken answer.
    response.writeHead(status, replyHeaders(controller.rawHeaders, this.#exchange));
    flushInOne(response);
    this.#status = status;
    this.#headers = headers;
    this.#firstByteMs = performance.now() - startedAtMs;
    this.#tap = this.#request.tap(status, headers);
    response.on("drain", () => controller.resume());
  }

  onResponseData(controller: Dispatcher.DispatchController, received: Buffer): void {
    if (this.#ended) return;
    const { cutReason } = this.#exchange;
    // Cut in the middle of an event: only the rest of that event still passes.
    const chunk =
      cutReason === null
        ? received
        : received.subarray(0, this.#tap?.bytesToEventEnd(received) ?? 0);
    this.#bytes += chunk.length;
    if (!this.#exchange.response.write(chunk)) controller.pause();
    this.#tap?.chunk(chunk);
    if (cutReason !== null) this.#cut(this.#request.cutText[cutReason]);
  }

  onResponseEnd(): void {
    if (this.#ended) return;
    endInOrder(this.#exchange.response);
    this.#finish((this.#status ?? 0) < 400 ? "done" : "upstream_error", null);
  }

  onResponseError(_controller: Dispatcher.DispatchController, cause: Error): void {
    if (this.#ended) return;
    const error = upstreamError(cause);
    if (this.#status === null) {
      this.#finish(this.#controller === null ? "not_sent" : "upstream_error", error);
      return;
    }
    // The upstream broke off in the middle of its reply: the client sees the same break.
    this.#exchange.response.destroy();
    this.#finish("upstream_error", error);
  }

  #cut(why: string): void {
    if (this.#ended) return;
    // A reply whose length was announced cannot end in words of ours.
    const hasLength = this.#headers["content-length"] !== undefined;
    const ending = hasLength ? null : (this.#tap?.ending(why) ?? null);
    if (ending === "inside_event") {
      this.#eventTimer ??= setTimeout(() => this.#close(null), EVENT_END_MS).unref();
      return;
    }
    this.#close(ending);
  }

  /** Ends the reply to the client, by these bytes or by breaking off. */
  #close(ending: Buffer | null): void {
    if (this.#ended) return;
    if (this.#status !== null) {
      if (ending === null) this.#exchange.response.destroy();
      else endInOrder(this.#exchange.response, ending);
    }
    this.#abort();
  }

  #abort(): void {
    if (this.#ended) return;
    this.#finish(this.#controller === null ? "not_sent" : "aborted", null);
    this.#controller?.abort(new Error("the exchange ended"));
  }

  #finish(outcome: Relayed["outcome"], error: AppError | null): void {
    this.#ended = true;
    if (this.#eventTimer !== null) clearTimeout(this.#eventTimer);
    this.#resolve({
      outcome,
      status: this.#status,
      error,
      firstByteMs: this.#firstByteMs,
      responseBytes: this.#bytes,
      headers: this.#headers,
    });
  }
}

/** Sends the head at the end of this turn, together with what of the body comes in it: one packet, not two. */
function flushInOne(response: ServerResponse): void {
  response.cork();
  response.flushHeaders();
  process.nextTick(() => {
    if (!response.writableEnded) response.uncork();
  });
}

/** Ends a response; one that is still corked would send its last chunk before the others. */
function endInOrder(response: ServerResponse, bytes?: Buffer): void {
  if (response.writableCorked > 0) response.uncork();
  response.end(bytes);
}

/** The upstream's headers for the client, as sent, less those that concern one connection only, and cookies. */
function replyHeaders(
  raw: Dispatcher.DispatchController["rawHeaders"],
  exchange: Exchange,
): string[] {
  const headers: string[] = [];
  if (Array.isArray(raw)) {
    for (let at = 0; at + 1 < raw.length; at += 2) {
      const name = String(raw[at]);
      const lower = name.toLowerCase();
      if (hopByHop.has(lower) || lower === "set-cookie") continue;
      headers.push(name, raw[at + 1]?.toString("latin1") ?? "");
    }
  }
  headers.push("x-yolo-request-id", exchange.requestId);
  return headers;
}

function upstreamError(cause: Error): AppError {
  const code = "code" in cause ? String(cause.code) : "";
  if (code === "ERR_ADDRESS_REFUSED") {
    return new AppError("upstream_refused_address", {
      message:
        "The connector's host resolves to an address inside a private network, where calls may not go.",
      cause,
    });
  }
  if (code.endsWith("_TIMEOUT")) {
    return new AppError("upstream_timeout", {
      message: "The provider did not answer in time.",
      detail: code,
      cause,
    });
  }
  return new AppError("upstream_unreachable", {
    message: "The provider could not be reached, or broke the connection off.",
    detail: `${code} ${cause.message}`,
    retryAfterSeconds: 2,
    cause,
  });
}
