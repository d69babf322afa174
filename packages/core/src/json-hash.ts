/** One hash for one JSON value, however its fields were ordered. */
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";

/** SHA-256 over the JCS form (RFC 8785), in hex. Two values have the same hash when they are the same JSON. */
export function jsonHash(value: unknown): string {
  return createHash("sha256")
    .update(canonicalize(value) ?? "")
    .digest("hex");
}
