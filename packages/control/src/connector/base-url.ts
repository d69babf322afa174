/**
 * Which addresses a connector may lead to. This is the first of two guards: it refuses what is plainly inside;
 * the gateway checks again what a public name resolves to, at every connection.
 */
import { isIP } from "node:net";
import { AppError } from "@yolo/core/errors";

/** Names that never leave a network (RFC 6761, RFC 6762, RFC 8375, RFC 9476, and what home routers use). */
const INTERNAL_NAME =
  /(?:^|\.)(?:localhost|local|internal|intranet|private|corp|home|lan|test|example|invalid|onion|alt|home\.arpa|localdomain)$/;

/**
 * The address in canonical form, without a trailing slash.
 * Throws `invalid_input` unless it is https to a public name without user, query and fragment, or has exactly the
 * origin of `testModelUrl`.
 */
export function checkBaseUrl(text: string, testModelUrl: string | undefined): string {
  const url = URL.parse(text);
  if (url === null) throw refused("it is not a URL");
  if (url.username !== "" || url.password !== "") throw refused("it holds a user or a password");
  if (text.includes("?") || text.includes("#")) throw refused("it has a query or a fragment");
  if (testModelUrl === undefined || url.origin !== new URL(testModelUrl).origin) {
    const reason = whyNotPublic(url);
    if (reason !== undefined) throw refused(reason);
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

function whyNotPublic(url: URL): string | undefined {
  const host = url.hostname.replace(/\.$/, "");
  if (url.protocol !== "https:") return "it is not https";
  if (host.startsWith("[") || isIP(host) !== 0) return "its host is an IP address, not a name";
  if (!host.includes(".") || INTERNAL_NAME.test(host)) return "its host is an internal name";
  return undefined;
}

function refused(reason: string): AppError {
  return new AppError("invalid_input", {
    message: `A connector cannot lead to this baseUrl: ${reason}.`,
    facts: { issues: [{ field: "baseUrl", message: reason }] },
  });
}
