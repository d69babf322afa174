/** One record with what came late and, for those who may see it, what was captured of request and reply. */
import { AppError } from "@yolo/core/errors";
import { type OpenedPayload, readPayloads } from "@yolo/ledger/read-payload";
import { readCorrections, readRecord as readRow } from "@yolo/ledger/read-records";
import { z } from "zod";
import { allDataKeys } from "../data-key.ts";
import { idField, showMoment, shownMoment } from "../fields.ts";
import { holds } from "../permissions.ts";
import { verb } from "../verb.ts";
import { Correction, showCorrection } from "./correction.ts";
import { Record, showRecord } from "./record.ts";
import { findUsers } from "./users.ts";

const Payload = z.strictObject({
  part: z.enum(["request", "reply"]),
  at: shownMoment(),
  /** `base64` where the bytes are not text. */
  encoding: z.enum(["utf8", "base64"]),
  content: z.string(),
});

const output = Record.extend({
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
    const parts = (payloads ?? []).map(({ part }) => part);
    return {
      result: {
        ...record,
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

function showPayload({ part, at, bytes }: OpenedPayload): z.output<typeof Payload> {
  const text = bytes.toString("utf8");
  const isText = Buffer.from(text, "utf8").equals(bytes);
  return {
    part,
    at: showMoment(at),
    ...(isText
      ? { encoding: "utf8", content: text }
      : { encoding: "base64", content: bytes.toString("base64") }),
  };
}
