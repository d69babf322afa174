/**
 * One request and its response, as the pipeline and the surfaces see them: a thin hold on `node:http`, with the
 * two things that can end it from outside: the client going away, and us cutting it short.
 */
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { encodeId, newId } from "@yolo/core/ids";
import type { Rostered } from "./roster.ts";

/** What is known before a byte of the body is read. */
export interface RequestHead {
  readonly method: string;
  /** The path as sent, without the query: never decoded, never normalised. */
  readonly path: string;
  /** The query as sent, with its `?`; empty when there is none. */
  readonly query: string;
  /** Lower-case names; security-relevant headers are known to stand here once (see strict-http.ts). */
  readonly headers: IncomingHttpHeaders;
  /** Name, value, name, value … exactly as sent. */
  readonly rawHeaders: readonly string[];
}

/** Why we end an exchange that is under way. */
export type CutReason = "no_longer_allowed" | "shutting_down" | "lease_ended";

export class Exchange implements Rostered {
  rosterPlace = -1;
  /** The record's id; outside it is `requestId`. */
  readonly recordId: string;
  readonly head: RequestHead;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly startedAtMs: number;
  #clientGone = false;
  #cut: CutReason | null = null;
  #onClientGone: (() => void) | null = null;
  #onCut: ((reason: CutReason) => void) | null = null;

  constructor(request: IncomingMessage, response: ServerResponse, startedAtMs: number) {
    this.recordId = newId();
    this.request = request;
    this.response = response;
    this.startedAtMs = startedAtMs;
    this.head = readHead(request);
    response.on("close", () => {
      if (response.writableFinished) return;
      this.#clientGone = true;
      this.#onClientGone?.();
    });
  }

  get requestId(): string {
    return encodeId("record", this.recordId);
  }

  /** The client closed the connection before it had the whole response. */
  get clientGone(): boolean {
    return this.#clientGone;
  }

  /** Why the exchange was cut, null while it was not. */
  get cutReason(): CutReason | null {
    return this.#cut;
  }

  /** One listener; called at once when the client is gone already. */
  onClientGone(listener: () => void): void {
    this.#onClientGone = listener;
    if (this.#clientGone) listener();
  }

  /** One listener; called at once when the exchange was cut already. */
  onCut(listener: (reason: CutReason) => void): void {
    this.#onCut = listener;
    if (this.#cut !== null) listener(this.#cut);
  }

  /** Ends what is under way, well-formed in the protocol's terms. Only the first reason counts. */
  cut(reason: CutReason): void {
    if (this.#cut !== null) return;
    this.#cut = reason;
    this.#onCut?.(reason);
  }
}

function readHead(request: IncomingMessage): RequestHead {
  const target = request.url ?? "";
  const mark = target.indexOf("?");
  return {
    method: request.method ?? "",
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? "" : target.slice(mark),
    headers: request.headers,
    rawHeaders: request.rawHeaders,
  };
}
