/** A session as given outside. */
import { encodeId } from "@yolo/core/ids";
import type { SessionRow } from "@yolo/ledger/read-sessions";
import { z } from "zod";
import { showMoment, shownId, shownMoment } from "../fields.ts";

/** A session in which nothing has happened for so long has ended, as far as one can see. */
const QUIET_MS = 5 * 60_000;

export const Session = z.strictObject({
  id: shownId("session"),
  /** The client's own id of it; null where the client gave none. */
  clientSession: z.string().nullable(),
  projectId: shownId("project"),
  agent: z.strictObject({ id: shownId("agent"), name: z.string() }),
  startedAt: shownMoment(),
  /** When its latest record was made. */
  lastAt: shownMoment().nullable(),
  /** A call is under way, or the last one is less than five minutes old. */
  active: z.boolean(),
  records: z.int(),
  refused: z.int(),
  /** Whose outcome is not known yet. */
  open: z.int(),
  inputTokens: z.int(),
  outputTokens: z.int(),
  /** List price in micro-dollars of the calls whose price is known. */
  costMicros: z.int(),
});

/** Sessions with a record since then are active. */
export function activeSince(now: number): Date {
  return new Date(now - QUIET_MS);
}

export function showSession(row: SessionRow): z.output<typeof Session> {
  return {
    id: encodeId("session", row.id),
    clientSession: row.clientSession,
    projectId: encodeId("project", row.projectId),
    agent: { id: encodeId("agent", row.agentId), name: row.agentName },
    startedAt: showMoment(row.startedAt),
    lastAt: showMoment(row.lastAt),
    active: row.isActive,
    records: Number(row.records),
    refused: Number(row.refused),
    open: Number(row.open),
    inputTokens: Number(row.inputTokens),
    outputTokens: Number(row.outputTokens),
    costMicros: Number(row.costMicros),
  };
}
