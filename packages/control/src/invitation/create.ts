/** Invites somebody: one address by mail, or whoever is handed the link. */
import { AppError } from "@yolo/core/errors";
import { newId } from "@yolo/core/ids";
import { z } from "zod";
import { requireRank } from "../member/find-member.ts";
import { ROLES } from "../permissions.ts";
import type { Scope } from "../verb.ts";
import { verb } from "../verb.ts";
import {
  INVITATION_MS,
  letterOf,
  mintInvitation,
  OpenedInvitation,
  showInvitation,
} from "./invitation.ts";

const OPEN_MAX = 100;

const input = z.strictObject({
  role: z.enum(ROLES),
  /** Only the person of this address may accept, and is written to. Left out: whoever holds the link. */
  email: z.email().max(254).toLowerCase().optional(),
});

/**
 * The link works once, within seven days. Throws `forbidden` for a role above one's own and for the system, `conflict`
 * for an address that is a member or invited already, and when a hundred invitations are open.
 */
export const createInvitation = verb({
  name: "invitation.create",
  permission: "members:write",
  input,
  output: OpenedInvitation,
  taken: "This address is invited already. Send that invitation again, or revoke it.",
  async run(scope, { role, email = null }) {
    const { transaction, orgId, actor, clock } = scope;
    if (actor.kind === "system") {
      throw new AppError("forbidden", { message: "Invitations are made by members." });
    }
    requireRank(actor, role);
    const now = clock.now();
    await clearTheWay(scope, email, new Date(now));
    const id = newId();
    const { token, hash } = await mintInvitation(scope, id);
    const row = await transaction.invitation.create({
      data: {
        ...{ orgId, id, email, role, hash, inviterId: actor.memberId },
        createdAt: new Date(now),
        expiresAt: new Date(now + INVITATION_MS),
      },
    });
    const after = showInvitation(row);
    return {
      result: { ...after, token },
      change: { subject: after.id, before: null, after },
      ...(await letterOf(scope, row, token)),
    };
  },
});

async function clearTheWay(
  { transaction, orgId }: Scope,
  email: string | null,
  now: Date,
): Promise<void> {
  const open = { orgId, acceptedAt: null, revokedAt: null };
  await transaction.invitation.updateMany({
    where: { ...open, expiresAt: { lte: now } },
    data: { revokedAt: now },
  });
  if ((await transaction.invitation.count({ where: open })) >= OPEN_MAX) {
    throw new AppError("conflict", {
      message: `There are ${OPEN_MAX} open invitations. Revoke some first.`,
    });
  }
  if (email === null) return;
  const person = await transaction.person.findUnique({ where: { email } });
  if (person === null) return;
  const theirs = { orgId, personId: person.id, removedAt: null };
  if ((await transaction.member.count({ where: theirs })) > 0) {
    throw new AppError("conflict", { message: "This address belongs to a member already." });
  }
}
