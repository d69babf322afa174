/** The one way a version of a policy comes into force. */
import { AppError } from "@yolo/core/errors";
import type { Policy, PolicyVersion } from "@yolo/store/generated/prisma/client";
import { requirePermission } from "../permissions.ts";
import type { Scope } from "../verb.ts";

export interface Draft {
  /** The version the author started from; 0 for the first. */
  readonly base: number;
  readonly text: string;
  readonly message: string;
}

/**
 * Adds version `base + 1` and puts it in force; whatever trial the policy was on ends. Versions are never altered.
 * Throws `conflict` when `base` is not the version in force; `forbidden` when the layer takes more permission.
 */
export async function publishVersion(
  { transaction, orgId, actor }: Scope,
  policy: Policy,
  { base, text, message }: Draft,
): Promise<PolicyVersion> {
  if (policy.layer === "org") requirePermission(actor, "policies:write-org");
  const version = base + 1;
  // Compared and set in one statement, so that of two authors with the same base one is told.
  const { count } = await transaction.policy.updateMany({
    where: { orgId, id: policy.id, liveVersion: base },
    data: { liveVersion: version, trialEndsAt: null },
  });
  if (count === 0) throw await stale({ transaction, orgId }, policy.id, base);
  const authorId = actor.kind === "member" ? actor.memberId : null;
  return transaction.policyVersion.create({
    data: { orgId, policyId: policy.id, version, text, message, authorId },
  });
}

async function stale(
  { transaction, orgId }: Pick<Scope, "transaction" | "orgId">,
  id: string,
  base: number,
): Promise<AppError> {
  const { liveVersion } = await transaction.policy.findUniqueOrThrow({
    where: { orgId_id: { orgId, id } },
  });
  return new AppError("conflict", {
    message: `Version ${liveVersion} is in force; you started from version ${base}. Read it and publish again.`,
    facts: { base, liveVersion },
  });
}
