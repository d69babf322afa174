/** A policy by its id. */
import { AppError } from "@yolo/core/errors";
import type { Policy } from "@yolo/store/generated/prisma/client";
import type { Scope } from "../verb.ts";

/** Throws `not_found`. */
export async function findPolicy({ transaction, orgId }: Scope, id: string): Promise<Policy> {
  const policy = await transaction.policy.findUnique({ where: { orgId_id: { orgId, id } } });
  if (policy !== null) return policy;
  throw new AppError("not_found", { message: "There is no policy with the id you sent." });
}
