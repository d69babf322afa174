/** Adds a member to a group. */
import { z } from "zod";
import { idField } from "../fields.ts";
import { findMember } from "../member/find-member.ts";
import { verb } from "../verb.ts";
import { findGroup, Group, showGroup } from "./group.ts";

/** Doing it again changes nothing. Throws `not_found` for either. */
export const addGroupMember = verb({
  name: "group.add-member",
  permission: "groups:write",
  input: z.strictObject({ id: idField("group"), memberId: idField("member") }),
  output: Group,
  async run(scope, { id, memberId }) {
    const { transaction, orgId, clock } = scope;
    const row = await findGroup(scope, id);
    await findMember(scope, memberId);
    const before = showGroup(row);
    if (row.members.some((member) => member.memberId === memberId)) {
      return { result: before, change: null };
    }
    const key = { orgId, groupId: id, memberId };
    const addedAt = new Date(clock.now());
    await transaction.groupMember.upsert({
      where: { orgId_groupId_memberId: key },
      create: { ...key, addedAt },
      update: { addedAt, removedAt: null },
    });
    const after = showGroup(await findGroup(scope, id));
    return { result: after, change: { subject: after.id, before, after } };
  },
});
