/** Revokes an invitation: its link opens nothing from now on. */
import { z } from "zod";
import { idField } from "../fields.ts";
import { verb } from "../verb.ts";
import { findOpenInvitation, Invitation, showInvitation } from "./invitation.ts";

/** Throws `not_found`, also once it was accepted or revoked. */
export const revokeInvitation = verb({
  name: "invitation.revoke",
  permission: "members:write",
  input: z.strictObject({ id: idField("invitation") }),
  output: Invitation,
  async run(scope, { id }) {
    const { transaction, orgId, clock } = scope;
    const before = showInvitation(await findOpenInvitation(scope, id));
    const revokedAt = new Date(clock.now());
    await transaction.invitation.update({
      where: { orgId_id: { orgId, id } },
      data: { revokedAt },
    });
    return { result: before, change: { subject: before.id, before, after: null } };
  },
});
