/** The org's groups, the newest first. */
import { z } from "zod";
import { idField, limitField } from "../fields.ts";
import { pageOf } from "../page.ts";
import { query } from "../verb.ts";
import { Group, showGroup, withMembers } from "./group.ts";

const input = z.strictObject({
  limit: limitField(),
  /** Only groups older than this one. */
  before: idField("group").optional(),
});

export const listGroups = query({
  name: "group.list",
  permission: "groups:read",
  input,
  output: z.strictObject({ data: z.array(Group), nextBefore: Group.shape.id.nullable() }),
  async run({ transaction, orgId }, { limit, before }) {
    const rows = await transaction.group.findMany({
      where: { orgId, deletedAt: null, ...(before !== undefined && { id: { lt: before } }) },
      include: withMembers,
      orderBy: { id: "desc" },
      take: limit + 1,
    });
    return pageOf(rows.map(showGroup), limit);
  },
});
