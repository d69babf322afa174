/** One published version of a policy. */
import { AppError } from "@yolo/core/errors";
import type { PolicyVersion } from "@yolo/store/generated/prisma/client";
import type { Scope } from "../verb.ts";

/** Throws `not_found`. */
export async function readVersion(
  { transaction, orgId }: Scope,
  policyId: string,
  version: number,
): Promise<PolicyVersion> {
  const row = await transaction.policyVersion.findUnique({
    where: { orgId_policyId_version: { orgId, policyId, version } },
  });
  if (row !== null) return row;
  throw new AppError("not_found", { message: `This policy has no version ${version}.` });
}
