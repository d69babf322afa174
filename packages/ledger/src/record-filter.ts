/** What may be asked of records, as SQL over the shape that is searched (`org.record_shapes`, alias `r`). */
import type { Effect } from "@yolo/core/decision";
import { lowestIdAt } from "@yolo/core/ids";
import { Prisma } from "@yolo/store/generated/prisma/client";
import type { OutcomeName } from "./outcome.ts";

/** Everything given must hold. An empty list matches nothing. */
export interface RecordFilter {
  readonly sessions?: readonly string[] | undefined;
  readonly agents?: readonly string[] | undefined;
  /** As they stand on record: outside ids of members, or ids of verified end users. */
  readonly users?: readonly string[] | undefined;
  readonly decisions?: readonly Effect[] | undefined;
  readonly would?: readonly Effect[] | undefined;
  readonly outcomes?: readonly (OutcomeName | "open")[] | undefined;
  /** HTTP status that the client was given. */
  readonly status?: number | undefined;
  /** With `*` a pattern of the whole verb; without, the verb itself and all below it (`git` and `git:push`). */
  readonly verb?: string | undefined;
  /** With `*` a pattern of the whole resource; without, what it contains. */
  readonly resource?: string | undefined;
  /** With `*` a pattern of the whole name; without, what it contains. */
  readonly model?: string | undefined;
  /** The rule that decided, or would have. */
  readonly rule?: { readonly policyId: string; readonly id: string | null } | undefined;
  /** By the moment in the record's id: when the gateway took the call. */
  readonly since?: Date | undefined;
  /** Not included. */
  readonly until?: Date | undefined;
  /** In any case, anywhere in verb, resource, explanation, model, error, client's reference, sub-agent and labels. */
  readonly text?: string | undefined;
}

/** Begins with AND, where there is anything to ask. */
export function conditionsOf(filter: RecordFilter): Prisma.Sql {
  return all([...identity(filter), ...decided(filter), ...named(filter), ...period(filter)]);
}

/** The part of `conditionsOf` that is a range of ids. */
export function periodOf(filter: RecordFilter): Prisma.Sql {
  return all(period(filter));
}

function all(conditions: readonly Prisma.Sql[]): Prisma.Sql {
  if (conditions.length === 0) return Prisma.empty;
  return Prisma.sql`AND ${Prisma.join([...conditions], " AND ")}`;
}

function identity({ sessions, agents, users }: RecordFilter): Prisma.Sql[] {
  return [
    ...(sessions === undefined ? [] : [Prisma.sql`r.session_id = ANY (${sessions}::uuid[])`]),
    ...(agents === undefined ? [] : [Prisma.sql`r.agent_id = ANY (${agents}::uuid[])`]),
    ...(users === undefined ? [] : [Prisma.sql`r.user_id = ANY (${users}::text[])`]),
  ];
}

function decided({ decisions, would, outcomes, status, rule }: RecordFilter): Prisma.Sql[] {
  return [
    ...(decisions === undefined ? [] : [Prisma.sql`r.decision = ANY (${decisions}::text[])`]),
    ...(would === undefined ? [] : [Prisma.sql`r.would = ANY (${would}::text[])`]),
    ...(outcomes === undefined
      ? []
      : [Prisma.sql`coalesce(r.outcome, 'open') = ANY (${outcomes}::text[])`]),
    ...(outcomes?.length === 1 && outcomes[0] !== "open" ? outcomes.map(inText) : []),
    ...(status === undefined
      ? []
      : [Prisma.sql`r.status = ${status}::integer`, inText(String(status))]),
    ...(rule === undefined ? [] : ruleConditions(rule)),
  ];
}

function ruleConditions({ policyId, id }: NonNullable<RecordFilter["rule"]>): Prisma.Sql[] {
  const policy = `${policyId.replaceAll("-", "")}#`;
  const line = `\n${policy}${id === null ? "" : `${id}\n`}`;
  return [Prisma.sql`strpos(r.rules, ${line}) > 0`, inText(`${policy}${id ?? ""}`)];
}

function named({ verb, resource, model, text }: RecordFilter): Prisma.Sql[] {
  return [
    ...(verb === undefined ? [] : verbConditions(verb)),
    ...(resource === undefined ? [] : patternConditions(Prisma.sql`r.resource`, resource)),
    ...(model === undefined ? [] : patternConditions(Prisma.sql`r.model`, model)),
    ...(text === undefined ? [] : [inText(text)]),
  ];
}

function verbConditions(verb: string): Prisma.Sql[] {
  if (verb.includes("*")) return patternConditions(Prisma.sql`r.verb`, verb);
  return [Prisma.sql`(r.verb = ${verb} OR starts_with(r.verb, ${`${verb}:`}))`, inText(verb)];
}

/** A pattern of the whole where there is a `*`, else what it contains. */
function patternConditions(column: Prisma.Sql, asked: string): Prisma.Sql[] {
  const pattern = asked.includes("*") ? likePattern(asked) : `%${likePattern(asked)}%`;
  return [Prisma.sql`${column} LIKE ${pattern}`, ...asked.split("*").filter(isLong).map(inText)];
}

/** Implied wherever the column holds it, and what the index answers. */
function inText(part: string): Prisma.Sql {
  return Prisma.sql`r.text LIKE '%' || lower(${escapeLike(part)}::text) || '%'`;
}

/** Long enough for the index. */
function isLong(part: string): boolean {
  return part.length >= 3;
}

function period({ since, until }: RecordFilter): Prisma.Sql[] {
  return [
    ...(since === undefined ? [] : [Prisma.sql`r.id >= ${lowestIdAt(since.getTime())}::uuid`]),
    ...(until === undefined ? [] : [Prisma.sql`r.id < ${lowestIdAt(until.getTime())}::uuid`]),
  ];
}

/** `*` stands for any characters, everything else for itself. */
export function likePattern(glob: string): string {
  return escapeLike(glob).replaceAll(/\*+/g, "%");
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, "\\$&");
}
