/**
 * The pipeline. The order of its steps stands here and nowhere else, and the types hold it: each step takes what the
 * step before it returned, and only an admission that allows makes the `Admitted` that opens credentials.
 *
 *   identify → inspect → decide → admit → approve → route → record
 */
import type { IncomingMessage } from "node:http";
import { AppError, toAppError } from "@yolo/core/errors";
import type { Outcome } from "@yolo/ledger/outcome";
import type { Exchange } from "../exchange.ts";
import type { Live } from "../live.ts";
import type { Room } from "../room.ts";
import type { Call, Surface } from "../surfaces/surface.ts";
import type { CredentialsOptions } from "../upstream/credentials.ts";
import { type Admission, type AdmitDeps, admit } from "./admit.ts";
import { approve } from "./approve.ts";
import { decide } from "./decide.ts";
import {
  type Identified,
  type IdentifyDeps,
  identify,
  identifyAgain,
  invalidKey,
} from "./identify.ts";
import { type Inspected, inspect } from "./inspect.ts";
import { outcomeOf } from "./record.ts";
import { route, unanswered } from "./route.ts";

export interface PipelineDeps extends IdentifyDeps, AdmitDeps, CredentialsOptions {
  readonly live: Live;
  readonly room: Pick<Room, "requireOne">;
  settle(outcome: Outcome): void;
  /** Every exchange that ended in a refusal or failure of ours. */
  onRefused(error: AppError, exchange: Exchange): void;
}

/** Handles one request to its end. Never throws: what fails is told to the client in the surface's own words. */
export async function handle(
  exchange: Exchange,
  surface: Surface,
  deps: PipelineDeps,
): Promise<void> {
  try {
    deps.room.requireOne();
    const identified = await identify(exchange.head, surface, deps);
    const inspected = await inspect(exchange.head, exchange.request);
    const call = surface.parse(exchange.head, inspected);
    await run(identified, inspected, call, { exchange, surface, deps });
  } catch (thrown) {
    await refuse(toAppError(thrown), exchange, surface, deps);
  }
}

interface Handling {
  readonly exchange: Exchange;
  readonly surface: Surface;
  readonly deps: PipelineDeps;
}

async function run(
  identified: Identified,
  inspected: Inspected,
  call: Call,
  { exchange, surface, deps }: Handling,
): Promise<void> {
  const sessionId = deps.sessions.idOf(identified, call, exchange.request.socket);
  // Live from before admission: a change that commits right after it must find this call.
  const live = { exchange, identified, call, sessionId, rosterPlace: -1, endsAtMs: null };
  deps.live.open(live);
  try {
    const admission = await decideAndAdmit(identified, inspected, call, sessionId, {
      exchange,
      surface,
      deps,
    });
    const admitted = approve(admission, exchange.requestId);
    deps.live.endAt(live, admitted.identified.key.expiresAtMs);
    const forwarded = await route(admitted, exchange, surface, deps);
    deps.settle(outcomeOf(admitted, exchange, forwarded, deps.now()));
    if (exchange.clientGone || exchange.response.headersSent) return;
    throw unanswered(forwarded, exchange);
  } finally {
    deps.live.close(live);
  }
}

/** How often a decision may turn out stale before we give up: each time the org has changed meanwhile. */
const STALE_MAX = 20;

async function decideAndAdmit(
  first: Identified,
  inspected: Inspected,
  call: Call,
  sessionId: string,
  { exchange, surface, deps }: Handling,
): Promise<Exclude<Admission, { kind: "stale" }>> {
  let identified = first;
  for (let tries = 0; tries < STALE_MAX; tries += 1) {
    const decided = decide(identified, call, sessionId, deps.now());
    const admission = await admit(decided, inspected, surface, exchange, deps);
    if (admission.kind !== "stale") return admission;
    const snapshot = await deps.tenants.newerThan(identified.snapshot);
    const again = snapshot === null ? null : identifyAgain(identified, snapshot, deps);
    if (again === null) throw invalidKey();
    identified = again;
  }
  throw new AppError("record_unavailable", {
    message:
      "This org's settings are changing faster than the call could be decided. Try again in a moment.",
    retryAfterSeconds: 1,
  });
}

async function refuse(
  error: AppError,
  exchange: Exchange,
  surface: Surface,
  deps: PipelineDeps,
): Promise<void> {
  deps.onRefused(error, exchange);
  const { request, response } = exchange;
  if (!request.complete) {
    response.shouldKeepAlive = false;
    await dropRest(request);
  }
  if (exchange.clientGone) return;
  if (response.headersSent) response.destroy();
  else surface.refuse({ error, requestId: exchange.requestId }, exchange);
}

/** How long a refused client may go on sending before it is told. */
const REST_MS = 1_000;

/** Reads on and drops it: closing with unread bytes resets the connection, and the client never sees the answer. */
function dropRest(request: IncomingMessage): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, REST_MS);
  request.once("end", resolve).once("close", resolve).resume();
  return promise.finally(() => clearTimeout(timer));
}
