/** Sends an invitation again: a new link for seven days; the one before stops working. */
import { z } from "zod";
import { idField } from "../fields.ts";
import { requireRank } from "../member/find-member.ts";
import { verb } from "../verb.ts";
import {
  findOpenInvitation,
  INVITATION_MS,
  letterOf,
  mintInvitation,
  OpenedInvitation,
  showInvitation,
} from "./invitation.ts";

/** Throws `not_found`, also once it was accepted or revoked, and `forbidden` for a role above one's own. */
export const renewInvitation = verb({
  name: "invitation.renew",
  permission: "members:write",
  input: z.strictObject({ id: idField("invitation") }),
  output: OpenedInvitation,
  async run(scope, { id }) {
    const { transaction, orgId, actor, clock } = scope;
    const row = await findOpenInvitation(scope, id);
    requireRank(actor, row.role);
    const { token, hash } = await mintInvitation(scope, id);
    const renewed = await transaction.invitation.update({
      where: { orgId_id: { orgId, id } },
      data: { hash, expiresAt: new Date(clock.now() + INVITATION_MS) },
    });
    const before = showInvitation(row);
    const after = showInvitation(renewed);
    return {
      result: { ...after, token },
      change: { subject: after.id, before, after },
      ...(await letterOf(scope, renewed, token)),
    };
  },
});
