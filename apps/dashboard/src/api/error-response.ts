/** How the API says no. */
import type { AppError } from "@yolo/core/errors";

/** The answer to a failure: what is wrong and what to do, never what happened inside. */
export function errorResponse(error: AppError, requestId: string, origin: string): Response {
  const { code, message, facts, status, retryAfterSeconds } = error;
  const headers = new Headers({ "cache-control": "no-store", "x-request-id": requestId });
  if (retryAfterSeconds !== undefined) headers.set("retry-after", String(retryAfterSeconds));
  // The rest of the body is never read: what follows on this connection would be taken for a request.
  if (status === 413) headers.set("connection", "close");
  if (status === 401) headers.set("www-authenticate", "Bearer");
  if (status === 405 && Array.isArray(facts?.allow)) {
    headers.set("allow", facts.allow.join(", "));
  }
  const docs = `${origin}/docs/errors#${code}`;
  return Response.json({ error: { code, message, facts, requestId, docs } }, { status, headers });
}
