/** The member a change is about. */
import { AppError } from "@yolo/core/errors";
import type { Member as Row } from "@yolo/store/generated/prisma/client";
import type { Actor } from "../context.ts";
import type { Role } from "../permissions.ts";
import type { Scope } from "../verb.ts";

/** Throws `not_found` for a stranger and for whoever was removed. */
export async function findMember({ transaction, orgId }: Scope, id: string): Promise<Row> {
  const row = await transaction.member.findUnique({ where: { orgId_id: { orgId, id } } });
  if (row !== null && row.removedAt === null) return row;
  throw new AppError("not_found", { message: "There is no member with the id you sent." });
}

/**
 * Nobody gives, changes or takes a role above their own: only an owner deals with owners.
 * Throws `forbidden` when one of the roles is.
 */
export function requireRank(actor: Actor, ...roles: readonly string[]): void {
  if (actor.kind === "system" || actor.role === "owner" || !roles.includes("owner")) return;
  throw new AppError("forbidden", {
    message: `Your role is ${actor.role}; only an owner gives, changes or removes the role owner.`,
    facts: { role: actor.role, roles: ["owner"] satisfies Role[] },
  });
}

/**
 * Holds the org's owners until the transaction ends, so that of two who leave at once one is the last and stays.
 * Throws `conflict` when this is the last one.
 */
export async function requireAnotherOwner({ transaction }: Scope, member: Row): Promise<void> {
  if (member.role !== "owner") return;
  const owners = await transaction.$queryRaw<{ readonly id: string }[]>`
    SELECT id FROM org.members WHERE role = 'owner' AND removed_at IS NULL ORDER BY id FOR UPDATE`;
  if (owners.some(({ id }) => id !== member.id)) return;
  throw new AppError("conflict", {
    message: "This is the org's last owner. Make somebody else an owner first.",
  });
}
