/** A no in the words of the Anthropic Messages API, so that clients show it instead of retrying it. */
import type { ErrorCode } from "@yolo/core/errors";
import type { Exchange } from "../../exchange.ts";
import type { Refusal } from "../surface.ts";

type AnthropicErrorType =
  | "invalid_request_error"
  | "authentication_error"
  | "permission_error"
  | "not_found_error"
  | "request_too_large"
  | "api_error"
  | "overloaded_error"
  | "timeout_error";

/** The API's own word for a kind of failure. */
export function errorTypeOf(code: ErrorCode, status: number): AnthropicErrorType {
  if (status === 401) return "authentication_error";
  if (status === 403) return "permission_error";
  if (status === 404) return "not_found_error";
  if (status === 413 || status === 431) return "request_too_large";
  if (status === 504 || status === 408) return "timeout_error";
  if (code === "shutting_down" || code === "overloaded") return "overloaded_error";
  return status >= 500 ? "api_error" : "invalid_request_error";
}

/** For what passes by itself, when the error does not say how soon. */
const RETRY_AFTER_SECONDS = 2;

/** Sends it. What will not change by trying again says so: the client would otherwise back off for minutes. */
export function refuse({ error, requestId }: Refusal, { head, response }: Exchange): void {
  const body = JSON.stringify({
    type: "error",
    error: { type: errorTypeOf(error.code, error.status), message: error.message },
    request_id: requestId,
  });
  const headers: Record<string, string> = {
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(body)),
    "request-id": requestId,
    "x-yolo-request-id": requestId,
    "x-yolo-error": error.code,
  };
  if (error.status === 401 || error.status === 403) headers["x-should-retry"] = "false";
  const retryAfter = error.retryAfterSeconds ?? (error.status === 503 ? RETRY_AFTER_SECONDS : null);
  if (retryAfter !== null) headers["retry-after"] = String(retryAfter);
  if (error.code === "method_not_allowed") headers.allow = "GET, HEAD, POST";
  response.writeHead(error.status, headers);
  response.end(head.method === "HEAD" ? undefined : body);
}
