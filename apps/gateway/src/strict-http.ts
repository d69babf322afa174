/**
 * Strict about HTTP/1.1 where `node:http` is not: what two parsers could read in two ways is refused before anything
 * else looks at it (RFC 9112 §6.3, §11.2; RFC 9110 §7.2).
 */
import type { IncomingMessage } from "node:http";
import { AppError } from "@yolo/core/errors";

export const HEADER_BYTES_MAX = 16 * 1024;

/** Headers that decide who is calling, where to, or how the body is read: at most once each. */
const ONCE: ReadonlySet<string> = new Set([
  "host",
  "authorization",
  "content-type",
  "content-length",
  "transfer-encoding",
  "content-encoding",
  "x-api-key",
  "x-yolo-key",
  "x-claude-code-session-id",
  "x-claude-code-agent-id",
  "x-claude-code-parent-agent-id",
  "anthropic-version",
]);

/** Origin-form (RFC 9112 §3.2.1) of visible ASCII, nothing a second parser would decode or normalise differently. */
const TARGET = /^\/[\x21-\x7e]*$/;
const AMBIGUOUS_PATH = /%(?:2e|2f|5c|00|25)|\\|\/\.{1,2}(?:\/|$)|\/\/|[;#]/i;
const HOST = /^[a-z0-9.-]+(?::\d{1,5})?$|^\[[0-9a-f:.]+\](?::\d{1,5})?$/i;
const TARGET_MAX = 8 * 1024;

/** Throws `duplicate_header`, `malformed_request` or `method_not_allowed`. */
export function requireStrict(request: IncomingMessage): void {
  const { rawHeaders, httpVersion, headers } = request;
  const seen = new Set<string>();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? "").toLowerCase();
    // `Content_Length` and the like: a backend that folds underscores would read what we did not.
    const folded = name.includes("_") ? name.replaceAll("_", "-") : name;
    if (!ONCE.has(folded)) continue;
    if (seen.has(folded)) {
      throw new AppError("duplicate_header", {
        message: `The header ${folded} was sent more than once.`,
      });
    }
    if (folded !== name) {
      throw new AppError("malformed_request", {
        message: `The header ${name} is not written with hyphens.`,
      });
    }
    seen.add(folded);
  }
  if (httpVersion !== "1.1" && httpVersion !== "1.0")
    throw malformed("The HTTP version is not 1.0 or 1.1.");
  if (httpVersion === "1.0" && headers["transfer-encoding"] !== undefined) {
    throw malformed("HTTP/1.0 has no transfer-encoding.");
  }
  if (headers["transfer-encoding"] !== undefined && headers["content-length"] !== undefined) {
    throw malformed("Content-Length and Transfer-Encoding were sent together.");
  }
  if (headers.host !== undefined && !HOST.test(headers.host))
    throw malformed("The Host is not a host name.");
  requireTarget(request.url ?? "");
}

function requireTarget(target: string): void {
  if (!TARGET.test(target) || target.length > TARGET_MAX) {
    throw malformed("The request target is not a plain path.");
  }
  const mark = target.indexOf("?");
  if (AMBIGUOUS_PATH.test(mark < 0 ? target : target.slice(0, mark))) {
    throw malformed("The path holds encoded or dot segments that could be read in two ways.");
  }
}

function malformed(message: string): AppError {
  return new AppError("malformed_request", { message });
}
