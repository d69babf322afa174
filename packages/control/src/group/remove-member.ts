/** Takes a member out of a group. */
import { z } from "zod";
import { idField } from "../fields.ts";
import { findMember } from "../member/find-member.ts";
import { verb } from "../verb.ts";
import { findGroup, Group, showGroup } from "./group.ts";

/** Doing it again changes nothing. Throws `not_found` for either. */
export const removeGroupMember = verb({
  name: "group.remove-member",
  permission: "groups:write",
  input: z.strictObject({ id: idField("group"), memberId: idField("member") }),
  output: Group,
  async run(scope, { id, memberId }) {
    const { transaction, orgId, clock } = scope;
    const before = showGroup(await findGroup(scope, id));
    await findMember(scope, memberId);
    const { count } = await transaction.groupMember.updateMany({
      where: { orgId, groupId: id, memberId, removedAt: null },
      data: { removedAt: new Date(clock.now()) },
    });
    if (count === 0) return { result: before, change: null };
    const after = showGroup(await findGroup(scope, id));
    return { result: after, change: { subject: after.id, before, after } };
  },
});
