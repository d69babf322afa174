/** Answers a request below `/api/auth`: same site, who is signed in, the endpoint, the answer with its cookies. */
import { asAppError } from "@yolo/control/database-error";
import { AppError, toAppError } from "@yolo/core/errors";
import { encodeId, newId } from "@yolo/core/ids";
import { errorResponse } from "../api/error-response.ts";
import { originOf } from "../api/origin.ts";
import { readPlainInput } from "../api/read-input.ts";
import type { Deps } from "../deps.ts";
import { withClientAddress } from "./client-address.ts";
import type { Endpoint, PersonAnswer } from "./endpoint.ts";
import { ENDPOINTS } from "./endpoints.ts";
import { requireSameSite } from "./same-site.ts";
import { readPerson } from "./who.ts";

/** `segments` is the decoded path below `/api/auth/`. Never throws. */
export async function answerPerson(
  request: Request,
  segments: readonly string[],
  deps: Deps,
): Promise<Response> {
  const startedAt = deps.clock.monotonicMs();
  const requestId = encodeId("apiRequest", newId());
  const log = deps.logger.child({ requestId, method: request.method });
  const route = `${request.method} /${segments.join("/")}`;
  let response: Response;
  try {
    const endpoint = endpointAt(route);
    requireSameSite(request);
    const headers = withClientAddress(request.headers, deps.env.TRUSTED_PROXIES);
    const person = endpoint.signedIn ? await readPerson(deps, headers) : undefined;
    const input = await readPlainInput(request);
    response = succeed(await endpoint.run({ deps, input, headers, requestId }, person), requestId);
  } catch (thrown) {
    const error = toAppError(asAppError(thrown));
    response = errorResponse(error, requestId, originOf(request));
    if (error.status >= 500) log.error({ code: error.code, detail: error.detail }, "failed");
  }
  const tookMs = Math.round(deps.clock.monotonicMs() - startedAt);
  const known = Object.hasOwn(ENDPOINTS, route) ? route : "unknown";
  log.info({ route: known, status: response.status, tookMs }, "answered");
  return response;
}

function endpointAt(route: string): Endpoint {
  const found = Object.entries(ENDPOINTS).find(([name]) => name === route)?.[1];
  if (found !== undefined) return found;
  throw new AppError("not_found", { message: "There is nothing at this address." });
}

function succeed({ body, cookies = [] }: PersonAnswer, requestId: string): Response {
  const headers = new Headers({ "cache-control": "no-store", "x-request-id": requestId });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return Response.json(body, { headers });
}
