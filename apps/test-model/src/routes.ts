/** Which method and path is answered by what; anything else is refused in the API's own words. */
import { ApiError } from "./api-error.ts";
import type { Exchange } from "./exchange.ts";
import { readJson } from "./json-body.ts";
import { answerMessages } from "./messages.ts";
import { parseCountTokensRequest } from "./messages-request.ts";
import { listModels, showModel } from "./models.ts";
import { countInputTokens } from "./token-count.ts";

interface Route {
  readonly method: "GET" | "POST";
  readonly path: RegExp;
  /** `part` is what the path's group matched. */
  answer(exchange: Exchange, part: string): void | Promise<void>;
}

const ROUTES: readonly Route[] = [
  { method: "POST", path: /^\/v1\/messages$/, answer: answerMessages },
  { method: "POST", path: /^\/v1\/messages\/count_tokens$/, answer: countTokens },
  { method: "GET", path: /^\/v1\/models$/, answer: listModels },
  { method: "GET", path: /^\/v1\/models\/([\w.:@-]{1,200})$/, answer: showModel },
  { method: "GET", path: /^\/(?:api\/hello|healthz)?$/, answer: sayHello },
];

/**
 * Answers one request. A HEAD is answered as a GET without a body. Throws 404 for an unknown path,
 * 405 for a wrong method, 400 where `/v1/…` is asked without `anthropic-version`.
 */
export async function route(exchange: Exchange): Promise<void> {
  const { method, path, headers } = exchange;
  const here = ROUTES.filter((candidate) => candidate.path.test(path));
  if (here.length === 0) throw new ApiError(404, `Not found: ${path}`);
  const wanted = method === "HEAD" ? "GET" : method;
  const found = here.find((candidate) => candidate.method === wanted);
  if (found === undefined) {
    const allow = here.map((candidate) => candidate.method).join(", ");
    throw new ApiError(405, "Method Not Allowed", { allow });
  }
  if (path.startsWith("/v1/") && headers["anthropic-version"] === undefined) {
    throw new ApiError(400, "anthropic-version: header is required");
  }
  await found.answer(exchange, found.path.exec(path)?.[1] ?? "");
}

async function countTokens(exchange: Exchange): Promise<void> {
  const request = parseCountTokensRequest(await readJson(exchange.request));
  exchange.sendJson({ input_tokens: countInputTokens(request) });
}

function sayHello(exchange: Exchange): void {
  exchange.sendJson({ app: "test-model", status: "ok" });
}
