/** Gives a member another role. It counts from their next request on. */
import { z } from "zod";
import { idField } from "../fields.ts";
import { ROLES } from "../permissions.ts";
import { verb } from "../verb.ts";
import { findMember, requireAnotherOwner, requireRank } from "./find-member.ts";
import { Member, showMembers } from "./member.ts";

/** Throws `not_found`, `forbidden` for a role above one's own, `conflict` for the last owner. */
export const updateMember = verb({
  name: "member.update",
  permission: "members:write",
  input: z.strictObject({ id: idField("member"), role: z.enum(ROLES) }),
  output: Member,
  async run(scope, { id, role }) {
    const { transaction, orgId, actor, clock } = scope;
    const row = await findMember(scope, id);
    requireRank(actor, row.role, role);
    const now = new Date(clock.now());
    const [before] = await showMembers(transaction, [row], now);
    if (role !== "owner") await requireAnotherOwner(scope, row);
    const where = { orgId_id: { orgId, id } };
    const updated = await transaction.member.update({ where, data: { role } });
    const after = Member.parse((await showMembers(transaction, [updated], now))[0]);
    const change =
      row.role === role
        ? null
        : { subject: after.id, before: { role: before?.role ?? null }, after: { role } };
    return { result: after, change };
  },
});
