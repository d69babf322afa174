/** What the holder of an invitation's link may see and do: read what it is to, and accept it. */
import { AppError } from "@yolo/core/errors";
import { encodeId, newId } from "@yolo/core/ids";
import { hashesOf } from "@yolo/identity/token";
import { inOrg } from "@yolo/store/prisma";
import { z } from "zod";
import type { Context } from "../context.ts";
import { asAppError } from "../database-error.ts";
import { shownId } from "../fields.ts";
import { ROLES, type Role } from "../permissions.ts";
import { type Scope, verb } from "../verb.ts";
import { showInvitation } from "./invitation.ts";

type Reader = Pick<Context, "database" | "secrets" | "clock">;

export interface InvitationOffer {
  readonly orgId: string;
  readonly invitationId: string;
  readonly org: { readonly slug: string; readonly name: string };
  readonly role: Role;
  /** Who alone may accept it; null: whoever holds the link. */
  readonly email: string | null;
  readonly inviter: string;
}

/** What the token offers; undefined when it was never ours, was replaced, used or revoked, or is too old. */
export async function readOffer(
  reader: Reader,
  token: string,
): Promise<InvitationOffer | undefined> {
  const { database, secrets, clock } = reader;
  try {
    const hashes = hashesOf(secrets.peppers, token).map((hash) => Uint8Array.from(hash));
    const found = await database.invitationHash.findFirst({ where: { hash: { in: hashes } } });
    if (found === null) return undefined;
    const { orgId, invitationId: id, hash } = found;
    const row = await inOrg(database, orgId, (transaction) =>
      transaction.invitation.findUnique({
        where: { orgId_id: { orgId, id } },
        include: { inviter: true },
      }),
    );
    if (row === null || row.acceptedAt !== null || row.revokedAt !== null) return undefined;
    if (row.expiresAt.getTime() <= clock.now()) return undefined;
    if (!Buffer.from(row.hash).equals(hash)) return undefined;
    const org = await database.org.findUniqueOrThrow({ where: { id: orgId } });
    const inviter = await database.person.findUniqueOrThrow({
      where: { id: row.inviter.personId },
    });
    return {
      ...{ orgId, invitationId: id, email: row.email, inviter: inviter.name },
      org: { slug: org.slug, name: org.name },
      role: z.enum(ROLES).parse(row.role),
    };
  } catch (thrown) {
    throw asAppError(thrown);
  }
}

/** The person who accepts, their address verified. */
export interface Guest {
  readonly personId: string;
  readonly email: string;
}

/**
 * Makes the person a member with the role offered, and answers the org's slug. The token works for one of them, also
 * when many come at once. Whoever was removed before comes back as the member they were.
 * Throws `link_ended`, `forbidden` for another address than the one invited, `conflict` for a member.
 */
export async function acceptInvitation(
  context: Omit<Context, "actor">,
  guest: Guest,
  token: string,
): Promise<{ readonly slug: string }> {
  const offer = await readOffer(context, token);
  if (offer === undefined) throw ended();
  if (offer.email !== null && offer.email !== guest.email) {
    throw new AppError("forbidden", {
      message: `This invitation is for another address than yours, ${guest.email}. Sign in with the one invited.`,
    });
  }
  const { orgId, invitationId } = offer;
  const actor = { kind: "system", orgId } as const;
  await admitGuest.run({ ...context, actor }, { invitationId, personId: guest.personId });
  return { slug: offer.org.slug };
}

const admitGuest = verb({
  name: "invitation.accept",
  permission: "invitations:accept",
  input: z.strictObject({ invitationId: z.uuid(), personId: z.uuid() }),
  output: z.strictObject({ memberId: shownId("member") }),
  async run(scope, { invitationId, personId }) {
    const { transaction, orgId, clock } = scope;
    await transaction.$queryRaw`SELECT id FROM org.invitations WHERE id = ${invitationId}::uuid FOR UPDATE`;
    const key = { orgId_id: { orgId, id: invitationId } };
    const row = await transaction.invitation.findUniqueOrThrow({ where: key });
    if (row.acceptedAt !== null || row.revokedAt !== null) throw ended();
    const memberId = await admit(scope, personId, row.role);
    const acceptedAt = new Date(clock.now());
    await transaction.invitation.update({ where: key, data: { acceptedAt, memberId } });
    const before = showInvitation(row);
    const after = { memberId: encodeId("member", memberId), role: row.role };
    return {
      result: { memberId: after.memberId },
      change: { subject: before.id, before, after, by: memberId },
    };
  },
});

async function admit(
  { transaction, orgId }: Scope,
  personId: string,
  role: string,
): Promise<string> {
  const where = { orgId_personId: { orgId, personId } };
  const known = await transaction.member.findUnique({ where });
  if (known === null) {
    const id = newId();
    await transaction.member.create({ data: { orgId, id, personId, role } });
    return id;
  }
  if (known.removedAt === null) {
    throw new AppError("conflict", { message: "You are a member of this org already." });
  }
  await transaction.member.update({ where, data: { role, removedAt: null } });
  return known.id;
}

function ended(): AppError {
  return new AppError("link_ended", {
    message: "This invitation does not work any more. Ask whoever invited you for a new one.",
  });
}
