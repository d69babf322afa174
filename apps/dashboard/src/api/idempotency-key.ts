/** The `Idempotency-Key` of a request: what it stands for is the control plane's (see its idempotency.ts). */
import { AppError } from "@yolo/core/errors";

const LONGEST = 255;
/** What a header can hold without being read in two ways: visible ASCII. */
const FORM = /^[\x21-\x7e]+$/;

/** Undefined where there is none, and for a GET, which changes nothing. Throws `malformed_request`. */
export function readIdempotencyKey(request: Request): string | undefined {
  const key = request.headers.get("idempotency-key");
  if (key === null || request.method === "GET" || request.method === "HEAD") return undefined;
  if (key.length <= LONGEST && FORM.test(key)) return key;
  throw new AppError("malformed_request", {
    message: `An Idempotency-Key is 1 to ${LONGEST} visible ASCII characters, for example a UUID.`,
  });
}
