/** The filters of what members did: as they are sent, and as Postgres takes them. */
import { AppError } from "@yolo/core/errors";
import { decodeId, ID_PREFIXES, lowestIdAt } from "@yolo/core/ids";
import { likePattern } from "@yolo/ledger/record-filter";
import { Prisma } from "@yolo/store/generated/prisma/client";
import { z } from "zod";
import { line } from "../fields.ts";
import { momentOf, pastField } from "../period.ts";
import { readRecord } from "../record/read.ts";
import { readSessionTurns } from "../session/turns.ts";

/** Those that only show what was captured; who looked is on record, but nothing became different. */
const VIEWS = [readRecord.name, readSessionTurns.name];

export const changeKind = z.enum(["change", "view"]);

/** All of them optional; what is given must hold together. */
export const changeFilterFields = {
  /** `change`: something became different; `view`: payloads were shown. */
  kind: changeKind.optional(),
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
};

const filters = z.strictObject(changeFilterFields);

/** On `org.changes` as `c` and `directory.people` as `p`: ` AND …`, or nothing. */
export function changeConditions(given: z.output<typeof filters>, now: number): Prisma.Sql {
  const { kind, member, verb, subject, request } = given;
  const since = momentOf(given.since, now);
  const until = momentOf(given.until, now);
  const conditions = [
    ...(kind === undefined ? [] : [kindCondition(kind)]),
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

function kindCondition(kind: z.output<typeof changeKind>): Prisma.Sql {
  const isView = Prisma.sql`c.verb IN (${Prisma.join(VIEWS)})`;
  return kind === "view" ? isView : Prisma.sql`NOT ${isView}`;
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
