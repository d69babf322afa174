/** An invitation as given outside, and the token that opens it: shown once, stored as HMAC only. */
import { randomBytes } from "node:crypto";
import { AppError } from "@yolo/core/errors";
import { encodeId } from "@yolo/core/ids";
import { hashToken } from "@yolo/identity/token";
import type { Invitation as Row } from "@yolo/store/generated/prisma/client";
import { z } from "zod";
import { showMoment, shownId, shownMoment } from "../fields.ts";
import { ROLES } from "../permissions.ts";
import type { Scope } from "../verb.ts";

export const Invitation = z.strictObject({
  id: shownId("invitation"),
  /** Null: whoever holds the link. */
  email: z.string().nullable(),
  role: z.enum(ROLES),
  inviterId: shownId("member"),
  createdAt: shownMoment(),
  expiresAt: shownMoment(),
});

/** As it is answered once, with what belongs in its link. */
export const OpenedInvitation = Invitation.extend({
  /** In this answer only: `/invite/<token>` on the dashboard. */
  token: z.string(),
});

export const INVITATION_MS = 7 * 24 * 3600 * 1000;

export function showInvitation(row: Row): z.output<typeof Invitation> {
  return {
    id: encodeId("invitation", row.id),
    email: row.email,
    role: z.enum(ROLES).parse(row.role),
    inviterId: encodeId("member", row.inviterId),
    createdAt: showMoment(row.createdAt),
    expiresAt: showMoment(row.expiresAt),
  };
}

/** Throws `not_found` for one that was accepted or revoked, too. */
export async function findOpenInvitation({ transaction, orgId }: Scope, id: string): Promise<Row> {
  const row = await transaction.invitation.findUnique({ where: { orgId_id: { orgId, id } } });
  if (row !== null && row.acceptedAt === null && row.revokedAt === null) return row;
  throw new AppError("not_found", { message: "There is no open invitation with the id you sent." });
}

/** A new token for this invitation; the hash of it leads to the org. */
export async function mintInvitation(
  { transaction, orgId, secrets }: Scope,
  invitationId: string,
): Promise<{ readonly token: string; readonly hash: Uint8Array<ArrayBuffer> }> {
  const token = randomBytes(32).toString("base64url");
  const { peppers } = secrets;
  const hash = Uint8Array.from(hashToken(peppers, peppers.current, token));
  await transaction.invitationHash.create({ data: { hash, orgId, invitationId } });
  return { token, hash };
}

/** What writes to the address invited, to be run once the invitation stands; of one by link, nothing. */
export async function letterOf(
  { transaction, orgId, mailInvitation: mail }: Scope,
  row: Row,
  token: string,
): Promise<{ afterCommit(): Promise<void> } | undefined> {
  const { email: to, role } = row;
  if (to === null || mail === undefined) return undefined;
  const org = await transaction.org.findUniqueOrThrow({ where: { id: orgId } });
  const member = await transaction.member.findUniqueOrThrow({
    where: { orgId_id: { orgId, id: row.inviterId } },
  });
  const inviter = await transaction.person.findUniqueOrThrow({ where: { id: member.personId } });
  const facts = { to, org: org.name, inviter: inviter.name, role, token };
  return {
    async afterCommit() {
      mail(facts);
    },
  };
}
