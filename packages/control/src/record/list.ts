/** The org's records, newest first; of one session where asked. */
import { readRecords } from "@yolo/ledger/read-records";
import { z } from "zod";
import { idField, limitField, shownId } from "../fields.ts";
import { pageOf } from "../page.ts";
import { findSessions, sessionField } from "../session/find.ts";
import { query } from "../verb.ts";
import { Record, showRecord } from "./record.ts";
import { findUsers } from "./users.ts";

const input = z.strictObject({
  limit: limitField(),
  /** Only records older than this one. */
  before: idField("record").optional(),
  /** Our id of a session, or the client's own. */
  session: sessionField().optional(),
});

export const listRecords = query({
  name: "record.list",
  permission: "records:read",
  input,
  output: z.strictObject({ data: z.array(Record), nextBefore: shownId("record").nullable() }),
  async run(scope, { limit, before, session }) {
    const { transaction, orgId } = scope;
    const sessions = await findSessions(scope, session);
    const page = { orgId, limit: limit + 1, before, sessions };
    const rows = await readRecords(transaction, page);
    const userOf = await findUsers(
      scope,
      rows.map(({ userId }) => userId),
    );
    return pageOf(
      rows.map((row) => showRecord(row, userOf(row.userId))),
      limit,
    );
  },
});
