/**
 * Strict about HTTP/1.1 where `node:http` is not: what two parsers could read in two ways is refused before anything
 * else looks at it (RFC 9112 §6.3, §11.2; RFC 9110 §7.2).
 */
import type { IncomingMessage } from "node:http";
import { AppError } from "@yolo/core/errors";

export const HEADER_BYTES_MAX = 16 * 1024;
export const HEADERS_TOO_LARGE = `The headers are larger than ${HEADER_BYTES_MAX / 1024} KB.`;

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

/** Origin-form (RFC 9112 §3.2.1) of visible ASCII; a fragment never belongs to it. */
const TARGET = /^\/[\x21\x22\x24-\x7e]*$/;
/** What a second parser would decode or normalise differently. */
const AMBIGUOUS_PATH = /%(?:2e|2f|5c|00|25)|\\|\/\.{1,2}(?:\/|$)|\/\/|;/i;
const HOST = /^[a-z0-9.-]+(?::\d{1,5})?$|^\[[0-9a-f:.]+\](?::\d{1,5})?$/i;
const TARGET_MAX = 8 * 1024;

/** Throws `headers_too_large`, `duplicate_header` or `malformed_request`. */
export function requireStrict(request: IncomingMessage): void {
  requireBearable(request.rawHeaders);
  requireSingleHeaders(request.rawHeaders);
  requireFraming(request);
  requireHost(request);
  requireTarget(request.url ?? "");
}

/** Node counts names and values alone, so that thousands of short headers would pass at twice the size. */
function requireBearable(rawHeaders: readonly string[]): void {
  let bytes = 2 * rawHeaders.length;
  for (const text of rawHeaders) bytes += text.length;
  if (bytes > HEADER_BYTES_MAX)
    throw new AppError("headers_too_large", { message: HEADERS_TOO_LARGE });
}

function requireSingleHeaders(rawHeaders: readonly string[]): void {
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
    if (folded !== name) throw malformed(`The header ${name} is not written with hyphens.`);
    seen.add(folded);
  }
}

function requireFraming({ httpVersion, headers }: IncomingMessage): void {
  if (httpVersion !== "1.1" && httpVersion !== "1.0") {
    throw malformed("The HTTP version is not 1.0 or 1.1.");
  }
  const encoding = headers["transfer-encoding"];
  if (encoding === undefined) return;
  if (httpVersion === "1.0") throw malformed("HTTP/1.0 has no transfer-encoding.");
  if (encoding.toLowerCase() !== "chunked") {
    throw malformed("The only transfer-encoding taken is chunked.");
  }
  if (headers["content-length"] !== undefined) {
    throw malformed("Content-Length and Transfer-Encoding were sent together.");
  }
}

/** RFC 9112 §3.2: HTTP/1.1 must name a host. */
function requireHost({ httpVersion, headers }: IncomingMessage): void {
  const { host } = headers;
  if (host === undefined && httpVersion === "1.1") throw malformed("There is no Host.");
  if (host !== undefined && !HOST.test(host)) throw malformed("The Host is not a host name.");
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
