/** The content policy of every page: only what this server sent for this very request may run or style it. */
import { randomBytes } from "node:crypto";
import { AppError } from "@yolo/core/errors";
import { encodeId, newId } from "@yolo/core/ids";
import { type NextRequest, NextResponse } from "next/server";
import { errorResponse } from "./api/error-response.ts";
import { originOf } from "./api/origin.ts";

/** What the page that is made for a request is told about it; a client's own headers of these names are overwritten. */
export const NONCE_HEADER = "yolo-nonce";
const PATH_HEADER = "yolo-path";

/** The development server evaluates code to show where an error came from, and styles its own overlay. */
const IS_DEVELOPMENT = process.env.NODE_ENV === "development";

export function proxy(request: NextRequest): Response {
  if (!isDecodable(request.nextUrl.pathname)) return refuse(request);
  const nonce = randomBytes(16).toString("base64");
  const policy = contentPolicy(nonce);
  // Next reads the nonce for its own scripts from the request's policy.
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  headers.set(NONCE_HEADER, nonce);
  headers.set(PATH_HEADER, `${request.nextUrl.pathname}${request.nextUrl.search}`);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

/** Every page; of the API only addresses with an escape in them, to see whether it is one. */
export const config = { matcher: ["/((?!api/|_next/static/|icon.svg|favicon.ico).*)", "/(.*%.*)"] };

/** The router itself would fail on an address such as `/docs/%ff`. */
function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function refuse(request: Request): Response {
  const error = new AppError("malformed_request", { message: "This address is not well-formed." });
  return errorResponse(error, encodeId("apiRequest", newId()), originOf(request));
}

function contentPolicy(nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${IS_DEVELOPMENT ? " 'unsafe-eval'" : ""}`,
    `style-src-elem 'self' ${IS_DEVELOPMENT ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    // Style attributes of server-rendered elements: the one exception.
    "style-src-attr 'unsafe-inline'",
    // The policy editor's checks; what else loads scripts needs the nonce.
    "worker-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
