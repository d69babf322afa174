/** The member on whose behalf something is made: the actor, unless another one is named. */
import { AppError } from "@yolo/core/errors";
import { type Permission, requirePermission } from "../permissions.ts";
import type { Scope } from "../verb.ts";

/**
 * The id of the member named, or of the acting member where none is. Naming somebody else takes `forOthers`.
 * Throws `forbidden`, `not_found`, and `invalid_input` when the system acts and names nobody.
 */
export async function findAccountable(
  scope: Scope,
  named: string | undefined,
  forOthers: Permission,
): Promise<string> {
  const { actor, transaction, orgId } = scope;
  if (actor.kind === "member" && (named === undefined || named === actor.memberId)) {
    return actor.memberId;
  }
  requirePermission(actor, forOthers);
  if (named === undefined) {
    throw new AppError("invalid_input", {
      message: "Name the member who answers for it (memberId).",
    });
  }
  const member = await transaction.member.findUnique({
    where: { orgId_id: { orgId, id: named } },
  });
  if (member === null || member.removedAt !== null) {
    throw new AppError("not_found", { message: "There is no member with the id you sent." });
  }
  return member.id;
}
