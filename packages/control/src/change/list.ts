/** What members did, newest first: who, what, to what, before and after. */
import { AppError } from "@yolo/core/errors";
import { decodeId, encodeId, ID_PREFIXES, lowestIdAt } from "@yolo/core/ids";
import { likePattern } from "@yolo/ledger/record-filter";
import { Prisma } from "@yolo/store/generated/prisma/client";
import { z } from "zod";
import {
  idField,
  jsonField,
  limitField,
  line,
  showMoment,
  shownId,
  shownMoment,
} from "../fields.ts";
import { pageOf } from "../page.ts";
import { momentOf, pastField } from "../period.ts";
import { query } from "../verb.ts";

const input = z.strictObject({
  limit: limitField(),
  /** Only changes older than this one. */
  before: idField("change").optional(),
  /** An id, an e-mail address, or `system` for what the product did by itself. */
  member: line(500).optional(),
  /** A verb (`agent.create`), its noun (`agent`), or a pattern (`*.read`). */
  verb: line(100).optional(),
  /** The id of what was changed, or its beginning. */
  subject: line(500).optional(),
  /** The id of the request that did it. */
  request: line(100).optional(),
  since: pastField().optional(),
  until: pastField().optional(),
});
type Filters = z.output<typeof input>;

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
  async run({ transaction, orgId, clock }, filters) {
    const rows = await transaction.$queryRaw<ChangeRow[]>`
      SELECT c.id, c.at, c.member_id AS "memberId", p.email, p.name, c.verb, c.subject, c.before, c.after,
        c.request_id AS "requestId"
      FROM org.changes c
      LEFT JOIN org.members m ON m.org_id = c.org_id AND m.id = c.member_id
      LEFT JOIN directory.people p ON p.id = m.person_id
      WHERE c.org_id = ${orgId}::uuid ${conditionsOf(filters, clock.now())}
      ORDER BY c.id DESC LIMIT ${filters.limit + 1}`;
    return pageOf(rows.map(showChange), filters.limit);
  },
});

function conditionsOf(filters: Filters, now: number): Prisma.Sql {
  const { before, member, verb, subject, request } = filters;
  const since = momentOf(filters.since, now);
  const until = momentOf(filters.until, now);
  const conditions = [
    ...(before === undefined ? [] : [Prisma.sql`c.id < ${before}::uuid`]),
    ...(since === undefined ? [] : [Prisma.sql`c.id >= ${lowestIdAt(since.getTime())}::uuid`]),
    ...(until === undefined ? [] : [Prisma.sql`c.id < ${lowestIdAt(until.getTime())}::uuid`]),
    ...(member === undefined ? [] : [memberCondition(member)]),
    ...(verb === undefined ? [] : [verbCondition(verb)]),
    ...(subject === undefined ? [] : [Prisma.sql`starts_with(c.subject, ${subject})`]),
    ...(request === undefined ? [] : [Prisma.sql`c.request_id = ${request}`]),
  ];
  if (conditions.length === 0) return Prisma.empty;
  return Prisma.sql`AND ${Prisma.join(conditions, " AND ")}`;
}

function memberCondition(member: string): Prisma.Sql {
  if (member === "system") return Prisma.sql`c.member_id IS NULL`;
  if (!member.startsWith(`${ID_PREFIXES.member}_`)) {
    return Prisma.sql`lower(p.email) = lower(${member})`;
  }
  try {
    return Prisma.sql`c.member_id = ${decodeId("member", member)}::uuid`;
  } catch (error) {
    if (error instanceof AppError) return Prisma.sql`false`;
    throw error;
  }
}

function verbCondition(verb: string): Prisma.Sql {
  return verb.includes("*")
    ? Prisma.sql`c.verb LIKE ${likePattern(verb)}`
    : Prisma.sql`(c.verb = ${verb} OR starts_with(c.verb, ${`${verb}.`}))`;
}

function showChange(row: ChangeRow): z.output<typeof Change> {
  const { memberId, email, name, ...rest } = row;
  return {
    ...rest,
    id: encodeId("change", row.id),
    at: showMoment(row.at),
    member: memberId === null ? null : { id: encodeId("member", memberId), email, name },
  };
}
