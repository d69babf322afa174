/** The org's records that match, newest first; older than one of them, or newer. */
import { readRecords } from "@yolo/ledger/read-records";
import { z } from "zod";
import { idField, limitField, shownId } from "../fields.ts";
import { query } from "../verb.ts";
import { recordFilter, recordFilterFields } from "./filter.ts";
import { Record, showRecord } from "./record.ts";
import { findUsers } from "./users.ts";

const input = z.strictObject({
  ...recordFilterFields,
  limit: limitField(),
  /** Only records older than this one. */
  before: idField("record").optional(),
  /** Only records newer than this one: those nearest to it. */
  after: idField("record").optional(),
});

export const listRecords = query({
  name: "record.list",
  permission: "records:read",
  input,
  output: z.strictObject({
    data: z.array(Record),
    nextBefore: shownId("record").nullable(),
    /** With `after`: where newer ones go on that this page had no room for. */
    nextAfter: shownId("record").nullable(),
  }),
  async run(scope, { limit, before, after, ...filters }) {
    const { transaction, orgId } = scope;
    const filter = await recordFilter(scope, filters);
    const rows = await readRecords(transaction, {
      ...{ orgId, limit: limit + 1, filter, before, after },
    });
    const userOf = await findUsers(
      scope,
      rows.map(({ userId }) => userId),
    );
    const isForward = after !== undefined && before === undefined;
    const isCut = rows.length > limit;
    const kept = isForward ? rows.slice(-limit) : rows.slice(0, limit);
    const data = kept.map((row) => showRecord(row, userOf(row.userId)));
    return {
      data,
      nextBefore: isCut && !isForward ? (data.at(-1)?.id ?? null) : null,
      nextAfter: isCut && isForward ? (data[0]?.id ?? null) : null,
    };
  },
});
