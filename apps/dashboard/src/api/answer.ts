/** Answers a request to the public API: who is calling, what is asked, the verb, the answer. */
import type { Actor, Context } from "@yolo/control/context";
import { authenticate } from "@yolo/control/member/authenticate";
import { AppError, toAppError } from "@yolo/core/errors";
import { encodeId, newId } from "@yolo/core/ids";
import { createUnrecordedCalls } from "@yolo/store/unrecorded-calls";
import type { Deps } from "../deps.ts";
import { invitationMailer } from "../mail/invitation-mailer.ts";
import { requireSameSite } from "../sign-in/same-site.ts";
import { actorIn, readPerson } from "../sign-in/who.ts";
import { errorResponse } from "./error-response.ts";
import { readIdempotencyKey } from "./idempotency-key.ts";
import { matchRoute, methodsAt } from "./match-route.ts";
import { originOf } from "./origin.ts";
import { countRequest, quotaHeaders, requireQuota } from "./rate-limit.ts";
import { readInput } from "./read-input.ts";

/** `segments` is the decoded path below `/api/v1/`. Never throws. */
export async function answer(
  request: Request,
  segments: readonly string[],
  deps: Deps,
): Promise<Response> {
  const startedAt = deps.clock.monotonicMs();
  const requestId = encodeId("apiRequest", newId());
  const log = deps.logger.child({ requestId, method: request.method });
  const exchange: Exchange = { request, requestId, pattern: "unknown", headers: new Headers() };
  let response: Response;
  try {
    response = await succeed(exchange, segments, deps);
  } catch (thrown) {
    const error = toAppError(thrown);
    response = errorResponse(error, requestId, originOf(request));
    if (error.status >= 500) log.error({ code: error.code, detail: error.detail }, "failed");
  }
  for (const [name, value] of exchange.headers) response.headers.set(name, value);
  const tookMs = Math.round(deps.clock.monotonicMs() - startedAt);
  log.info({ route: exchange.pattern, status: response.status, tookMs }, "answered");
  return request.method === "HEAD" ? new Response(null, response) : response;
}

/** What is known of a request while it is answered. */
interface Exchange {
  readonly request: Request;
  readonly requestId: string;
  /** As it stands in the table of routes. */
  pattern: string;
  /** Of the answer, whatever it will be. */
  readonly headers: Headers;
}

async function succeed(
  exchange: Exchange,
  segments: readonly string[],
  deps: Deps,
): Promise<Response> {
  const { request, requestId, headers } = exchange;
  headers.set("cache-control", "no-store");
  headers.set("x-request-id", requestId);
  if (request.method === "OPTIONS") {
    return new Response(null, { status: 204, headers: { allow: methodsAt(segments).join(", ") } });
  }
  const match = matchRoute(request.method, segments);
  exchange.pattern = match.pattern;
  const actor = await identify(request, deps);
  if (actor.kind === "member") await takeFromQuota(deps, actor, headers);
  const input = await readInput(request, match);
  const key = readIdempotencyKey(request);
  const onReplay = () => headers.set("idempotent-replayed", "true");
  const context = {
    ...contextOf(deps, actor, requestId),
    ...(key !== undefined && { idempotency: { key, onReplay } }),
  };
  const result = await match.route.verb.run(context, input);
  return Response.json(result, { status: match.route.status });
}

async function takeFromQuota(
  deps: Deps,
  actor: Extract<Actor, { kind: "member" }>,
  headers: Headers,
): Promise<void> {
  const quota = await countRequest(deps, actor);
  for (const [name, value] of Object.entries(quotaHeaders(quota))) headers.set(name, value);
  requireQuota(quota);
}

/** What a verb works with, for one request of this actor. */
export function contextOf(deps: Deps, actor: Context["actor"], requestId: string): Context {
  const { database, secrets, clock, jobs, env, redis } = deps;
  const context = {
    ...{ database, secrets, clock, jobs, actor, requestId },
    mailInvitation: invitationMailer(deps),
    unrecordedCalls: createUnrecordedCalls(redis),
    gateway: { url: env.GATEWAY_URL, domain: env.GATEWAY_DOMAIN },
  };
  const { LOCAL_MODE, TEST_MODEL_URL: testModelUrl } = env;
  return LOCAL_MODE === undefined || testModelUrl === undefined
    ? context
    : { ...context, testModelUrl };
}

/**
 * The member behind a bearer token, or behind the session of a browser that names the org in `yolo-org`.
 * Throws `missing_key`, `invalid_key`, `cross_site`, `not_signed_in`, `not_found`.
 */
async function identify(request: Request, deps: Deps): Promise<Actor> {
  const { headers } = request;
  const slug = headers.get("yolo-org");
  if (headers.has("authorization") || slug === null) {
    return authenticate(deps, bearerToken(headers));
  }
  requireSameSite(request);
  const person = await readPerson(deps, headers);
  if (person !== undefined) return actorIn(deps, person, slug);
  throw new AppError("not_signed_in", { message: "Your session has ended. Sign in again." });
}

function bearerToken(headers: Headers): string {
  const token = /^Bearer +(\S+)$/i.exec(headers.get("authorization") ?? "")?.[1];
  if (token !== undefined) return token;
  throw new AppError("missing_key", {
    message: "Send a member's API token: authorization: Bearer ylt_…",
  });
}
