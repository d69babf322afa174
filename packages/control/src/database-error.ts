/** What the database answers, in the product's own words. */
import { AppError } from "@yolo/core/errors";
import { Prisma } from "@yolo/store/generated/prisma/client";

const UNIQUE_VIOLATION = "P2002";
/** Not reachable, timed out connecting, closed by the server, no free connection, transaction not started in time. */
const UNREACHABLE = new Set(["P1001", "P1002", "P1008", "P1017", "P2024", "P2028"]);

/**
 * A taken unique name becomes `conflict` with the given sentence, a database that does not answer `unavailable`;
 * everything else stays what it is.
 */
export function asAppError(
  thrown: unknown,
  taken = "Something with this name exists already.",
): unknown {
  if (!(thrown instanceof Prisma.PrismaClientKnownRequestError)) return thrown;
  if (thrown.code === UNIQUE_VIOLATION) {
    return new AppError("conflict", { message: taken, cause: thrown });
  }
  if (!UNREACHABLE.has(thrown.code)) return thrown;
  return new AppError("unavailable", {
    message: "Our database does not answer. Try again in a few seconds.",
    detail: thrown.message,
    retryAfterSeconds: 2,
    cause: thrown,
  });
}
