/** What members did, newest first: who, what, to what, before and after. */
import { encodeId } from "@yolo/core/ids";
import { Prisma } from "@yolo/store/generated/prisma/client";
import { z } from "zod";
import { idField, jsonField, limitField, showMoment, shownId, shownMoment } from "../fields.ts";
import { pageOf } from "../page.ts";
import { query } from "../verb.ts";
import { changeConditions, changeFilterFields } from "./filter.ts";

const input = z.strictObject({
  limit: limitField(),
  /** Only changes older than this one. */
  before: idField("change").optional(),
  ...changeFilterFields,
});

const Change = z.strictObject({
  id: shownId("change"),
  at: shownMoment(),
  /** Null: the product did it by itself. */
  member: z
    .strictObject({
      id: shownId("member"),
      email: z.string().nullable(),
      name: z.string().nullable(),
    })
    .nullable(),
  verb: z.string(),
  /** The outside id of what was changed. */
  subject: z.string(),
  /** Null: it did not exist before. */
  before: jsonField().nullable(),
  /** Null: it does not exist any more. */
  after: jsonField().nullable(),
  requestId: z.string().nullable(),
});

interface ChangeRow {
  readonly id: string;
  readonly at: Date;
  readonly memberId: string | null;
  readonly email: string | null;
  readonly name: string | null;
  readonly verb: string;
  readonly subject: string;
  readonly before: z.output<ReturnType<typeof jsonField>> | null;
  readonly after: z.output<ReturnType<typeof jsonField>> | null;
  readonly requestId: string | null;
}

export const listChanges = query({
  name: "change.list",
  permission: "changes:read",
  input,
  output: z.strictObject({ data: z.array(Change), nextBefore: shownId("change").nullable() }),
  async run({ transaction, orgId, clock }, { limit, before, ...filters }) {
    const rows = await transaction.$queryRaw<ChangeRow[]>`
      SELECT c.id, c.at, c.member_id AS "memberId", p.email, p.name, c.verb, c.subject, c.before, c.after,
        c.request_id AS "requestId"
      FROM org.changes c
      LEFT JOIN org.members m ON m.org_id = c.org_id AND m.id = c.member_id
      LEFT JOIN directory.people p ON p.id = m.person_id
      WHERE c.org_id = ${orgId}::uuid ${changeConditions(filters, clock.now())}
        ${before === undefined ? Prisma.empty : Prisma.sql`AND c.id < ${before}::uuid`}
      ORDER BY c.id DESC LIMIT ${limit + 1}`;
    return pageOf(rows.map(showChange), limit);
  },
});

function showChange(row: ChangeRow): z.output<typeof Change> {
  const { memberId, email, name, ...rest } = row;
  return {
    ...rest,
    id: encodeId("change", row.id),
    at: showMoment(row.at),
    member: memberId === null ? null : { id: encodeId("member", memberId), email, name },
  };
}
