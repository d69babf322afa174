/** Reads sessions with the sums of their records, newest first. */
import { AppError } from "@yolo/core/errors";
import { Prisma } from "@yolo/store/generated/prisma/client";
import type { OrgTransaction } from "@yolo/store/prisma";

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
  readonly records: bigint;
  readonly refused: bigint;
  /** List price of the calls whose price is known. */
  readonly costMicros: bigint;
}

export interface SessionPage {
  readonly orgId: string;
  readonly limit: number;
  /** Only sessions that started before this one. */
  readonly before: string | undefined;
  readonly sessions: readonly string[] | undefined;
}

/** A page of sessions by their start, newest first. Throws `not_found` when `before` names none. */
export async function readSessions(
  transaction: OrgTransaction,
  { orgId, limit, before, sessions }: SessionPage,
): Promise<SessionRow[]> {
  const older =
    before === undefined ? Prisma.empty : await startedBefore(transaction, orgId, before);
  const named =
    sessions === undefined ? Prisma.empty : Prisma.sql`AND id = ANY (${sessions}::uuid[])`;
  return transaction.$queryRaw<SessionRow[]>`
    SELECT s.id, s.agent_id AS "agentId", a.name AS "agentName", a.project_id AS "projectId",
      s.client_session AS "clientSession", s.started_at AS "startedAt",
      t.last AS "lastAt", t.records, t.refused, t.cost AS "costMicros"
    FROM (SELECT * FROM org.sessions WHERE org_id = ${orgId}::uuid ${older} ${named}
          ORDER BY started_at DESC, id DESC LIMIT ${limit}) s
    JOIN org.agents a ON a.org_id = s.org_id AND a.id = s.agent_id
    CROSS JOIN LATERAL (
      SELECT max(i.at) AS last, count(*) AS records, count(*) FILTER (WHERE i.decision <> 'allow') AS refused,
        coalesce(sum(o.cost_micros), 0)::bigint AS cost
      FROM org.intents i LEFT JOIN org.outcomes o ON o.org_id = i.org_id AND o.id = i.id
      WHERE i.org_id = s.org_id AND i.session_id = s.id) t
    ORDER BY s.started_at DESC, s.id DESC`;
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
  return Prisma.sql`AND (started_at, id) < (${session.startedAt}::timestamptz, ${id}::uuid)`;
}

/** The sessions that clients of this org gave this id of their own: at most one per agent. */
export async function findSessionsByLabel(
  transaction: OrgTransaction,
  orgId: string,
  clientSession: string,
): Promise<string[]> {
  const rows = await transaction.session.findMany({
    where: { orgId, clientSession },
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}
