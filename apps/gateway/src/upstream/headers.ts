/** Which headers travel on. Names are compared in lower case. */

/** RFC 9110 §7.6.1 and its predecessors: these concern one connection and end here. */
export const hopByHop: ReadonlySet<string> = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Ours to set, the caller's credentials, or identity that a backend might trust: never passed on as they came. */
const ours: ReadonlySet<string> = new Set([
  "host",
  "content-length",
  "accept-encoding",
  "expect",
  "authorization",
  "x-api-key",
  "x-yolo-key",
  "cookie",
  "forwarded",
  "via",
  "x-request-id",
  "x-real-ip",
  "true-client-ip",
  "remote-user",
  "x-http-method-override",
]);

/** Nothing that we issued may leave, in whatever header a client puts it beside the one that counts. */
const OURS_ISSUED = /yl(?:g_(?:live|test)|t)_\w{32}/;
const OURS_LENGTH = 36;

const identity =
  /^x-(?:user|org|scope|forwarded|yolo|original|middleware|remote|auth|client-ip|rewrite|cluster-client)/;

/**
 * The client's headers for the upstream, as sent: without credentials, identity, hop-by-hop headers (also those
 * that `Connection` names) and what we set ourselves. Whatever is not a letter or digit counts as a hyphen, since
 * many servers fold underscores and some fold more.
 */
export function forwardedHeaders(
  rawHeaders: readonly string[],
  connection: string | undefined,
): string[] {
  const named =
    connection === undefined
      ? null
      : new Set(connection.split(",").map((name) => fold(name.trim())));
  const headers: string[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? "";
    const folded = fold(name);
    if (hopByHop.has(folded) || ours.has(folded) || identity.test(folded)) continue;
    if (named?.has(folded) === true) continue;
    const value = rawHeaders[at + 1] ?? "";
    if (value.length >= OURS_LENGTH && OURS_ISSUED.test(value)) continue;
    headers.push(name, value);
  }
  return headers;
}

const FOLDED = /^[a-z0-9-]*$/;

function fold(name: string): string {
  const lower = name.toLowerCase();
  return FOLDED.test(lower) ? lower : lower.replace(/[^a-z0-9]/g, "-");
}
