/**
 * Which agent key comes with a request? It may stand in `x-yolo-key`, `x-api-key` or `Authorization: Bearer`; what
 * else stands in the latter two is the developer's own credential for the provider.
 */
import { AppError } from "@yolo/core/errors";
import { TOKEN_PREFIXES } from "@yolo/core/token-form";
import { looksLikeAgentKey } from "@yolo/identity/token";
import type { RequestHead } from "../../exchange.ts";
import type { Credential } from "../surface.ts";

const BEARER = /^Bearer +(\S+)$/i;
const AGENT_KEYS = /ylg_\w+/g;

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
  // An Authorization of another form is none that counts; a second key in it is still one too many.
  const stray = typeof bearer === "string" ? null : headers.authorization?.match(AGENT_KEYS);
  const isAlone = another === undefined && !stray?.some((key) => key !== token);
  if (token !== undefined && !isAlone) {
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

/** Nothing that we issued may go to a provider, mistyped neither. */
function isForeign(credential: string): boolean {
  const isMembers = credential.startsWith(TOKEN_PREFIXES.member);
  return credential !== "" && !isMembers && !looksLikeAgentKey(credential);
}

/** Node joins what stands more than once; that was refused before (strict-http.ts). */
function single(value: string | string[] | undefined): string | null {
  return typeof value === "string" ? value.trim() : null;
}
