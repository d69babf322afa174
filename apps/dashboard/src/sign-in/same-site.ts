/** A browser sends its cookies along wherever a page of somebody else points it: such requests change nothing here. */
import { AppError } from "@yolo/core/errors";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Passes what our own pages sent: `Sec-Fetch-Site: same-origin`, or from a browser without it an `Origin` that is
 * this host. Methods that change nothing pass. Throws `cross_site`.
 */
export function requireSameSite(request: Request): void {
  if (SAFE.has(request.method)) return;
  const site = request.headers.get("sec-fetch-site");
  const ours = site === null ? isOwnOrigin(request.headers) : site === "same-origin";
  if (ours) return;
  throw new AppError("cross_site", {
    message: "This was sent by a page of another site. Open the dashboard itself and try again.",
  });
}

function isOwnOrigin(headers: Headers): boolean {
  const origin = URL.parse(headers.get("origin") ?? "");
  return origin !== null && origin.host === headers.get("host");
}
