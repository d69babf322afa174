/** The org's sessions by their start, newest first, with the sums of their records. */
import { encodeId } from "@yolo/core/ids";
import { readSessions, type SessionRow } from "@yolo/ledger/read-sessions";
import { z } from "zod";
import { idField, limitField, showMoment, shownId, shownMoment } from "../fields.ts";
import { pageOf } from "../page.ts";
import { query } from "../verb.ts";
import { findSessions, sessionField } from "./find.ts";

const Session = z.strictObject({
  id: shownId("session"),
  /** The client's own id of it; null where the client gave none. */
  clientSession: z.string().nullable(),
  projectId: shownId("project"),
  agent: z.strictObject({ id: shownId("agent"), name: z.string() }),
  startedAt: shownMoment(),
  /** When its latest record was made. */
  lastAt: shownMoment().nullable(),
  records: z.int(),
  refused: z.int(),
  /** List price in micro-dollars of the calls whose price is known. */
  costMicros: z.int(),
});

const input = z.strictObject({
  limit: limitField(),
  /** Only sessions that started before this one. */
  before: idField("session").optional(),
  /** Our id of a session, or the client's own. */
  session: sessionField().optional(),
});

/** Throws `not_found` when `before` names no session. */
export const listSessions = query({
  name: "session.list",
  permission: "records:read",
  input,
  output: z.strictObject({ data: z.array(Session), nextBefore: shownId("session").nullable() }),
  async run(scope, { limit, before, session }) {
    const { transaction, orgId } = scope;
    const sessions = await findSessions(scope, session);
    const page = { orgId, limit: limit + 1, before, sessions };
    const rows = await readSessions(transaction, page);
    return pageOf(rows.map(showSession), limit);
  },
});

function showSession(row: SessionRow): z.output<typeof Session> {
  return {
    id: encodeId("session", row.id),
    clientSession: row.clientSession,
    projectId: encodeId("project", row.projectId),
    agent: { id: encodeId("agent", row.agentId), name: row.agentName },
    startedAt: showMoment(row.startedAt),
    lastAt: showMoment(row.lastAt),
    records: Number(row.records),
    refused: Number(row.refused),
    costMicros: Number(row.costMicros),
  };
}
