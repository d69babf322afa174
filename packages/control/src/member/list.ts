/** The org's members, the newest first; those who were removed are left out. */
import { z } from "zod";
import { idField, limitField } from "../fields.ts";
import { pageOf } from "../page.ts";
import { query } from "../verb.ts";
import { Member, showMembers } from "./member.ts";

const input = z.strictObject({
  limit: limitField(),
  /** Only members older than this one. */
  before: idField("member").optional(),
});

export const listMembers = query({
  name: "member.list",
  permission: "members:read",
  input,
  output: z.strictObject({ data: z.array(Member), nextBefore: Member.shape.id.nullable() }),
  async run({ transaction, orgId, clock }, { limit, before }) {
    const rows = await transaction.member.findMany({
      where: { orgId, removedAt: null, ...(before !== undefined && { id: { lt: before } }) },
      orderBy: { id: "desc" },
      take: limit + 1,
    });
    return pageOf(await showMembers(transaction, rows, new Date(clock.now())), limit);
  },
});
