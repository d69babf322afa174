/** What was said in a session, a page of its records at a time, for those who may see payloads. */
import { encodeId } from "@yolo/core/ids";
import { readPayloadsOf } from "@yolo/ledger/read-payload";
import { z } from "zod";
import { allDataKeys } from "../data-key.ts";
import { idField, shownId } from "../fields.ts";
import { showPayload } from "../record/payload.ts";
import { Turn } from "../record/turns.ts";
import { verb } from "../verb.ts";
import { sessionField } from "./find.ts";
import { oneSession } from "./read.ts";

const RECORDS_MAX = 50;

const input = z.strictObject({
  id: sessionField(),
  /** Of the session, separated by commas; at most 50. */
  records: z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(idField("record")).min(1).max(RECORDS_MAX)),
});

const output = z.strictObject({
  /** Of the records whose payloads were captured. */
  data: z.array(
    z.strictObject({
      id: shownId("record"),
      /** Null: nothing was captured of it, or it is no conversation. */
      request: z.array(Turn).nullable(),
      reply: z.array(Turn).nullable(),
    }),
  ),
});

/** Showing payloads is itself a change on record. Throws what `session.read` throws. */
export const readSessionTurns = verb({
  name: "session.read-turns",
  permission: "payloads:read",
  input,
  output,
  async run(scope, { id, records }) {
    const { transaction, orgId } = scope;
    const session = await oneSession(scope, id);
    const rows = await transaction.intent.findMany({
      where: { orgId, sessionId: session, id: { in: records } },
      select: { id: true },
      orderBy: { id: "asc" },
    });
    const ids = rows.map((row) => row.id);
    const opened = await readPayloadsOf(transaction, await allDataKeys(scope), { orgId, ids });
    const data = ids.flatMap((record) => {
      const payloads = opened.get(record)?.map(showPayload);
      if (payloads === undefined) return [];
      const turns = (part: "request" | "reply") =>
        payloads.find((payload) => payload.part === part)?.turns ?? null;
      return [{ id: encodeId("record", record), request: turns("request"), reply: turns("reply") }];
    });
    const shown = data.map((one) => one.id);
    return {
      result: { data },
      change:
        shown.length === 0
          ? null
          : {
              subject: encodeId("session", session),
              ...{ before: null, after: { payloadsShown: shown } },
            },
    };
  },
});
