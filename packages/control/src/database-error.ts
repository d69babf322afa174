/** What the database answers, in the product's own words. */
import { AppError } from "@yolo/core/errors";
import { Prisma } from "@yolo/store/generated/prisma/client";
import { z } from "zod";

const UNIQUE_VIOLATION = "P2002";

/**
 * Prisma's codes of a database that cannot be asked: not reachable (P1001), timed out (P1002, P1008), closed (P1017,
 * P1018, P2036), no connection to be had (P2024, P2037), no transaction in time (P2028).
 */
const UNREACHABLE = new Set(
  ["P1001", "P1002", "P1008", "P1017", "P1018"].concat("P2024", "P2028", "P2036", "P2037"),
);

/**
 * Postgres' own: connection lost (class 08), no resources (53), shutting down or starting (57P), statement or lock
 * timed out (57014, 55P03).
 */
const BUSY_OR_GOING = /^(?:08|53|57P|57014|55P03)/;

const metaSchema = z.object({
  driverAdapterError: z.object({ cause: z.object({ originalCode: z.string() }) }),
});

/**
 * A taken unique name becomes `conflict` with the given sentence, a database that cannot answer `unavailable`;
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
  const sqlState = metaSchema.safeParse(thrown.meta).data?.driverAdapterError.cause.originalCode;
  const cannotAnswer = UNREACHABLE.has(thrown.code) || BUSY_OR_GOING.test(sqlState ?? "");
  if (!cannotAnswer) return thrown;
  return new AppError("unavailable", {
    message: "Our database does not answer. Try again in a few seconds.",
    detail: thrown.message,
    retryAfterSeconds: 2,
    cause: thrown,
  });
}
