/** The org's open invitations, the newest first; those that ended by time stand for another week. */
import { z } from "zod";
import { idField, limitField } from "../fields.ts";
import { pageOf } from "../page.ts";
import { query } from "../verb.ts";
import { Invitation, showInvitation } from "./invitation.ts";

const input = z.strictObject({
  limit: limitField(),
  /** Only invitations older than this one. */
  before: idField("invitation").optional(),
});

export const listInvitations = query({
  name: "invitation.list",
  permission: "members:read",
  input,
  output: z.strictObject({
    data: z.array(Invitation),
    nextBefore: Invitation.shape.id.nullable(),
  }),
  async run({ transaction, orgId }, { limit, before }) {
    const rows = await transaction.invitation.findMany({
      where: {
        ...{ orgId, acceptedAt: null, revokedAt: null },
        ...(before !== undefined && { id: { lt: before } }),
      },
      orderBy: { id: "desc" },
      take: limit + 1,
    });
    return pageOf(rows.map(showInvitation), limit);
  },
});
