/** Makes a group, empty. */
import { newId } from "@yolo/core/ids";
import { z } from "zod";
import { nameField } from "../fields.ts";
import { verb } from "../verb.ts";
import { GROUP_TAKEN, Group, showGroup } from "./group.ts";

/** Throws `conflict` for a name that another group has. */
export const createGroup = verb({
  name: "group.create",
  permission: "groups:write",
  input: z.strictObject({ name: nameField() }),
  output: Group,
  taken: GROUP_TAKEN,
  async run({ transaction, orgId }, { name }) {
    const row = await transaction.group.create({ data: { orgId, id: newId(), name } });
    const after = showGroup({ ...row, members: [] });
    return { result: after, change: { subject: after.id, before: null, after } };
  },
});
