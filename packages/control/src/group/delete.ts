/** Deletes a group; its members stay members of the org. Its name is free again. */
import { z } from "zod";
import { idField } from "../fields.ts";
import { verb } from "../verb.ts";
import { findGroup, Group, showGroup } from "./group.ts";

/** Throws `not_found`. */
export const deleteGroup = verb({
  name: "group.delete",
  permission: "groups:write",
  input: z.strictObject({ id: idField("group") }),
  output: Group,
  async run(scope, { id }) {
    const { transaction, orgId, clock } = scope;
    const before = showGroup(await findGroup(scope, id));
    const deletedAt = new Date(clock.now());
    await transaction.group.update({ where: { orgId_id: { orgId, id } }, data: { deletedAt } });
    return { result: before, change: { subject: before.id, before, after: null } };
  },
});
