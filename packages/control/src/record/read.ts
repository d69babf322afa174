/** One record: what came late, what its session did next and, for those who may see it, what was captured. */
import { AppError } from "@yolo/core/errors";
import { encodeId } from "@yolo/core/ids";
import { readNeighbours } from "@yolo/ledger/read-neighbours";
import { readPayloads } from "@yolo/ledger/read-payload";
import { readCorrections, readRecord as readRow } from "@yolo/ledger/read-records";
import { z } from "zod";
import { allDataKeys } from "../data-key.ts";
import { idField, shownId } from "../fields.ts";
import { holds } from "../permissions.ts";
import { Event, showEvent } from "../session/event.ts";
import { verb } from "../verb.ts";
import { Correction, showCorrection } from "./correction.ts";
import { CostLines, costLines } from "./cost.ts";
import { Payload, showPayload } from "./payload.ts";
import { Record, showRecord } from "./record.ts";
import { findUsers } from "./users.ts";

/** What did it do next? As much as one looks at. */
const FOLLOWING = 10;

const output = Record.extend({
  /** The captured level of the project, as it is now: what is captured of further calls. */
  captureLevel: z.string().nullable(),
  /** What the price on record is made of; null where that is not certain. */
  costLines: CostLines.nullable(),
  /** In the same session. */
  previous: shownId("record").nullable(),
  next: shownId("record").nullable(),
  /** What the session did next, in order: at most ten events. */
  following: z.array(Event),
  /** Outcomes that came after the record was closed. */
  corrections: z.array(Correction),
  /** Null: your role may not see payloads. Empty: none was captured. */
  payloads: z.array(Payload).nullable(),
});

/** Showing a payload is itself a change on record. Throws `not_found`. */
export const readRecord = verb({
  name: "record.read",
  permission: "records:read",
  input: z.strictObject({ id: idField("record") }),
  output,
  async run(scope, { id }) {
    const { transaction, orgId } = scope;
    const row = await readRow(transaction, orgId, id);
    if (row === undefined) {
      throw new AppError("not_found", { message: "There is no record with the id you sent." });
    }
    const userOf = await findUsers(scope, [row.userId]);
    const corrections = await readCorrections(transaction, orgId, id);
    const payloads = holds(scope.actor, "payloads:read")
      ? await readPayloads(transaction, await allDataKeys(scope), { orgId, id })
      : null;
    const record = showRecord(row, userOf(row.userId));
    const sessionId = row.sessionId;
    const beside = { orgId, id, sessionId, most: FOLLOWING };
    const { previous, following } = await readNeighbours(transaction, beside);
    const project = await transaction.project.findUnique({
      where: { orgId_id: { orgId, id: row.projectId } },
      select: { captureLevel: true },
    });
    const parts = (payloads ?? []).map(({ part }) => part);
    return {
      result: {
        ...record,
        captureLevel: project?.captureLevel ?? null,
        costLines: costLines(row),
        previous: previous === undefined ? null : encodeId("record", previous.id),
        next: following[0] === undefined ? null : encodeId("record", following[0].id),
        following: following.map(showEvent),
        corrections: corrections.map(showCorrection),
        payloads: payloads?.map(showPayload) ?? null,
      },
      change:
        parts.length === 0
          ? null
          : { subject: record.id, before: null, after: { payloadsShown: parts } },
    };
  },
});
