/** A policy by its id. */
import { AppError } from "@yolo/core/errors";
import type { Policy } from "@yolo/store/generated/prisma/client";
import type { Scope } from "../verb.ts";

/** Archived ones too: what is on record names them. Throws `not_found`. */
export async function findPolicy({ transaction, orgId }: Scope, id: string): Promise<Policy> {
  const policy = await transaction.policy.findUnique({ where: { orgId_id: { orgId, id } } });
  if (policy !== null) return policy;
  throw new AppError("not_found", { message: "There is no policy with the id you sent." });
}

/** Throws `not_found`, or `conflict` when it is archived. */
export async function findLivePolicy(scope: Scope, id: string): Promise<Policy> {
  const policy = await findPolicy(scope, id);
  if (policy.archivedAt === null) return policy;
  throw new AppError("conflict", { message: `The policy ${policy.name} is archived.` });
}
