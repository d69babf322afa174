/** Gives a group another name. */
import { z } from "zod";
import { idField, nameField } from "../fields.ts";
import { verb } from "../verb.ts";
import { findGroup, GROUP_TAKEN, Group, showGroup } from "./group.ts";

/** Throws `not_found`, and `conflict` for a name that another group has. */
export const renameGroup = verb({
  name: "group.rename",
  permission: "groups:write",
  input: z.strictObject({ id: idField("group"), name: nameField() }),
  output: Group,
  taken: GROUP_TAKEN,
  async run(scope, { id, name }) {
    const before = showGroup(await findGroup(scope, id));
    if (before.name === name) return { result: before, change: null };
    const { transaction, orgId } = scope;
    await transaction.group.update({ where: { orgId_id: { orgId, id } }, data: { name } });
    const after = { ...before, name };
    return { result: after, change: { subject: after.id, before, after } };
  },
});
