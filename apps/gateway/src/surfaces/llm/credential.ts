/**
 * Which agent key comes with a request? It may stand in `x-yolo-key`, `x-api-key` or `Authorization: Bearer`; what
 * else stands in the latter two is the developer's own credential for the provider.
 */
import { AppError } from "@yolo/core/errors";
import { tokenKind } from "@yolo/core/token-form";
import { looksLikeAgentKey } from "@yolo/identity/token";
import type { RequestHead } from "../../exchange.ts";
import type { Credential } from "../surface.ts";

const BEARER = /^Bearer +(\S+)$/i;

/** Throws `missing_key` without an agent key, `conflicting_credentials` with two different ones. */
export function readCredential({ headers }: RequestHead): Credential {
  const yoloKey = single(headers["x-yolo-key"]);
  const apiKey = single(headers["x-api-key"]);
  const bearer =
    headers.authorization === undefined ? null : BEARER.exec(headers.authorization)?.[1];
  const carried = [yoloKey, apiKey, bearer].filter(
    (value): value is string => typeof value === "string" && value !== "",
  );
  const keys = new Set(carried.filter(looksLikeAgentKey));
  const [token, another] = keys;
  if (another !== undefined) {
    throw new AppError("conflicting_credentials", {
      message: "Two different agent keys came with this request. Send one, in one header.",
    });
  }
  if (token === undefined) {
    throw new AppError("missing_key", {
      message:
        "No agent key came with this request. Send yours (ylg_…) as x-api-key, as a bearer token or as x-yolo-key.",
    });
  }
  return { token, own: ownCredential(headers.authorization, apiKey) };
}

function ownCredential(
  authorization: string | undefined,
  apiKey: string | null,
): Credential["own"] {
  const bearer = authorization === undefined ? null : BEARER.exec(authorization)?.[1];
  if (authorization !== undefined && typeof bearer === "string" && isForeign(bearer)) {
    return ["authorization", authorization];
  }
  return apiKey !== null && isForeign(apiKey) ? ["x-api-key", apiKey] : null;
}

/** Nothing that we issued may go to a provider. */
function isForeign(credential: string): boolean {
  return credential !== "" && !looksLikeAgentKey(credential) && tokenKind(credential) === null;
}

/** Node joins what stands more than once; that was refused before (strict-http.ts). */
function single(value: string | string[] | undefined): string | null {
  return typeof value === "string" ? value.trim() : null;
}
