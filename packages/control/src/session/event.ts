/** A record as an event of its session's run: what happened, in short. */
import { EFFECTS } from "@yolo/core/decision";
import { encodeId } from "@yolo/core/ids";
import type { RecordRow } from "@yolo/ledger/read-records";
import { z } from "zod";
import { showMoment, shownId, shownMoment } from "../fields.ts";
import { Outcome, showOutcome } from "../record/outcome.ts";

const effect = z.enum(EFFECTS);
const action = z.object({ verb: z.string(), resource: z.string() });

export const Event = z.strictObject({
  /** Of the record. */
  id: shownId("record"),
  at: shownMoment(),
  /** Which of the session's strands it belongs to; null: its main one. */
  subagent: z.string().nullable(),
  surface: z.string(),
  /** Every action of the call, in order; the first is what the request is. */
  actions: z.array(action),
  decision: effect,
  would: effect,
  explanation: z.string(),
  labels: z.array(z.string()),
  findings: z.int(),
  /** The client's own name of a tool call. */
  clientRef: z.string().nullable(),
  /** Null while it is open. */
  outcome: Outcome.nullable(),
});

export function showEvent(row: RecordRow): z.output<typeof Event> {
  return {
    id: encodeId("record", row.id),
    at: showMoment(row.at),
    subagent: row.subagent,
    surface: row.surface,
    actions: z
      .array(action)
      .parse(row.actions)
      .map(({ verb, resource }) => ({ verb, resource })),
    decision: effect.parse(row.decision),
    would: effect.parse(row.would),
    explanation: row.explanation,
    labels: [...row.labels],
    findings: z.array(z.unknown()).parse(row.findings).length,
    clientRef: row.clientRef,
    outcome: showOutcome(row),
  };
}
