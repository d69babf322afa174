/** Reads sessions with the sums of their records, newest first. */
import { AppError } from "@yolo/core/errors";
import { dashed, lowestIdAt } from "@yolo/core/ids";
import { Prisma } from "@yolo/store/generated/prisma/client";
import type { OrgTransaction } from "@yolo/store/prisma";
import { withoutJit } from "./found-records.ts";

export interface SessionRow {
  readonly id: string;
  readonly agentId: string;
  readonly agentName: string;
  readonly projectId: string;
  /** The client's own id of it; null where the client gave none. */
  readonly clientSession: string | null;
  readonly startedAt: Date;
  /** Null: no record yet. */
  readonly lastAt: Date | null;
  /** A call is under way, or the last one is newer than what was asked as `activeSince`. */
  readonly isActive: boolean;
  readonly records: bigint;
  readonly refused: bigint;
  readonly open: bigint;
  readonly inputTokens: bigint;
  readonly outputTokens: bigint;
  /** List price of the calls whose price is known. */
  readonly costMicros: bigint;
}

export interface SessionPage {
  readonly orgId: string;
  readonly limit: number;
  /** Only sessions that started before this one. */
  readonly before?: string | undefined;
  readonly sessions?: readonly string[] | undefined;
  readonly agents?: readonly string[] | undefined;
  /** By their start. */
  readonly since?: Date | undefined;
  readonly until?: Date | undefined;
  readonly isActive?: boolean | undefined;
  /** A session with a record since then is active. */
  readonly activeSince: Date;
}

/** A page of sessions by their start, newest first. Throws `not_found` when `before` names none. */
export async function readSessions(
  transaction: OrgTransaction,
  page: SessionPage,
): Promise<SessionRow[]> {
  await withoutJit(transaction);
  const { orgId, limit, activeSince } = page;
  const conditions = await conditionsOf(transaction, page);
  return transaction.$queryRaw<SessionRow[]>`
    WITH live AS MATERIALIZED (
      SELECT r.* FROM org.uncopied_records_1() u
      JOIN org.record_shapes r ON r.org_id = ${orgId}::uuid AND r.id = u.id
    ), active AS MATERIALIZED (
      SELECT session_id FROM live
      WHERE outcome IS NULL OR id >= ${lowestIdAt(activeSince.getTime())}::uuid
      UNION
      SELECT r.session_id FROM org.copied_records r
      WHERE r.org_id = ${orgId}::uuid AND r.id >= ${lowestIdAt(activeSince.getTime())}::uuid
    ), page AS MATERIALIZED (
      SELECT s.* FROM org.sessions s WHERE s.org_id = ${orgId}::uuid ${conditions}
      ORDER BY s.started_at DESC, s.id DESC LIMIT ${limit}
    ), sums AS (
      SELECT m.session_id, max(m.at) AS last, count(*) AS records,
        count(*) FILTER (WHERE m.decision <> 'allow') AS refused, count(*) FILTER (WHERE m.outcome IS NULL) AS open,
        coalesce(sum(m.input_tokens), 0)::bigint AS input, coalesce(sum(m.output_tokens), 0)::bigint AS output,
        coalesce(sum(m.cost_micros), 0)::bigint AS cost
      FROM (SELECT ${SUMMED} FROM page p CROSS JOIN LATERAL (
              SELECT * FROM org.copied_records c WHERE c.org_id = ${orgId}::uuid AND c.session_id = p.id) r
            UNION ALL
            SELECT ${SUMMED} FROM live r WHERE r.session_id IN (SELECT p.id FROM page p)) m
      GROUP BY m.session_id
    )
    SELECT p.id, p.agent_id AS "agentId", a.name AS "agentName", a.project_id AS "projectId",
      p.client_session AS "clientSession", p.started_at AS "startedAt", t.last AS "lastAt",
      p.id IN (SELECT session_id FROM active) AS "isActive", coalesce(t.records, 0) AS records,
      coalesce(t.refused, 0) AS refused, coalesce(t.open, 0) AS open, coalesce(t.input, 0) AS "inputTokens",
      coalesce(t.output, 0) AS "outputTokens", coalesce(t.cost, 0) AS "costMicros"
    FROM page p JOIN org.agents a ON a.org_id = p.org_id AND a.id = p.agent_id
    LEFT JOIN sums t ON t.session_id = p.id
    ORDER BY p.started_at DESC, p.id DESC`;
}

const SUMMED = Prisma.sql`
  r.session_id, r.at, r.decision, r.outcome, r.input_tokens, r.output_tokens, r.cost_micros`;

async function conditionsOf(transaction: OrgTransaction, page: SessionPage): Promise<Prisma.Sql> {
  const { orgId, before, sessions, agents, since, until, isActive } = page;
  const conditions = [
    ...(before === undefined ? [] : [await startedBefore(transaction, orgId, before)]),
    ...(sessions === undefined ? [] : [Prisma.sql`s.id = ANY (${sessions}::uuid[])`]),
    ...(agents === undefined ? [] : [Prisma.sql`s.agent_id = ANY (${agents}::uuid[])`]),
    ...(since === undefined ? [] : [Prisma.sql`s.started_at >= ${since}::timestamptz`]),
    ...(until === undefined ? [] : [Prisma.sql`s.started_at < ${until}::timestamptz`]),
    ...(isActive === true ? [Prisma.sql`s.id IN (SELECT session_id FROM active)`] : []),
    ...(isActive === false ? [Prisma.sql`s.id NOT IN (SELECT session_id FROM active)`] : []),
  ];
  if (conditions.length === 0) return Prisma.empty;
  return Prisma.sql`AND ${Prisma.join(conditions, " AND ")}`;
}

async function startedBefore(
  transaction: OrgTransaction,
  orgId: string,
  id: string,
): Promise<Prisma.Sql> {
  const session = await transaction.session.findUnique({ where: { orgId_id: { orgId, id } } });
  if (session === null) {
    throw new AppError("not_found", { message: "There is no session with the id you sent." });
  }
  return Prisma.sql`(s.started_at, s.id) < (${session.startedAt}::timestamptz, ${id}::uuid)`;
}

export interface SessionName {
  readonly orgId: string;
  /** The client's own id, whole. */
  readonly label: string;
  /** The first hex digits of ours or of the client's; null: not to be looked for. */
  readonly prefix: string | null;
  readonly most: number;
}

/** The sessions that go by a name, the newest first: an id that clients gave, or the beginning of an id. */
export async function findSessionsByName(
  transaction: OrgTransaction,
  { orgId, label, prefix, most }: SessionName,
): Promise<string[]> {
  const byPrefix =
    prefix === null
      ? Prisma.empty
      : Prisma.sql`OR (s.id BETWEEN ${lowest(prefix)}::uuid AND ${highest(prefix)}::uuid)
          OR starts_with(replace(s.client_session, '-', ''), ${prefix})`;
  const rows = await transaction.$queryRaw<{ id: string }[]>`
    SELECT s.id FROM org.sessions s
    WHERE s.org_id = ${orgId}::uuid AND (s.client_session = ${label} ${byPrefix})
    ORDER BY s.started_at DESC, s.id DESC LIMIT ${most}`;
  return rows.map(({ id }) => id);
}

/** The lowest UUID that begins with these hex digits. */
export function lowest(prefix: string): string {
  return dashed(prefix.padEnd(32, "0"));
}

/** The highest UUID that begins with these hex digits. */
export function highest(prefix: string): string {
  return dashed(prefix.padEnd(32, "f"));
}
