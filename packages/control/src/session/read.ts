/** One session, found by any name it goes by: its sums, and its run in order, a page at a time. */
import { AppError } from "@yolo/core/errors";
import { encodeId } from "@yolo/core/ids";
import { readRecords } from "@yolo/ledger/read-records";
import { readSessions } from "@yolo/ledger/read-sessions";
import { z } from "zod";
import { idField, limitField, shownId } from "../fields.ts";
import { query, type Scope } from "../verb.ts";
import { Event, showEvent } from "./event.ts";
import { findSessions, sessionField } from "./find.ts";
import { activeSince, Session, showSession } from "./session.ts";

const NAMED_MAX = 10;

const input = z.strictObject({
  /** Our id of it, the client's own, or the first 8 digits or more of either. */
  id: sessionField(),
  limit: limitField(),
  /** Only events after this record. */
  after: idField("record").optional(),
});

/** Throws `not_found`, and `conflict` with the sessions meant when a name means several. */
export const readSession = query({
  name: "session.read",
  permission: "records:read",
  input,
  output: z.strictObject({
    session: Session,
    /** The oldest first. */
    events: z.array(Event),
    /** Where the run goes on; null: this is the end, so far. */
    nextAfter: shownId("record").nullable(),
  }),
  async run(scope, { id, limit, after }) {
    const { transaction, orgId, clock } = scope;
    const session = await oneSession(scope, id);
    const [row] = await readSessions(transaction, {
      ...{ orgId, limit: 1, sessions: [session], activeSince: activeSince(clock.now()) },
    });
    if (row === undefined) throw noSession();
    const rows = await readRecords(transaction, {
      ...{ orgId, limit: limit + 1, filter: { sessions: [session] } },
      after: after ?? FIRST,
    });
    const events = rows.reverse().slice(0, limit).map(showEvent);
    return {
      session: showSession(row),
      events,
      nextAfter: rows.length > limit ? (events.at(-1)?.id ?? null) : null,
    };
  },
});

/** Below every record id. */
const FIRST = "00000000-0000-0000-0000-000000000000";

/** The UUID of the one session that goes by this name. */
export async function oneSession(scope: Scope, name: string): Promise<string> {
  const found = (await findSessions(scope, name)) ?? [];
  const [only, ...others] = found;
  if (only === undefined) throw noSession();
  if (others.length === 0) return existing(scope, only);
  const sessions = found.slice(0, NAMED_MAX).map((uuid) => encodeId("session", uuid));
  throw new AppError("conflict", {
    message: `${found.length} sessions go by this name (${sessions.slice(0, 3).join(", ")} …). Say which.`,
    facts: { sessions },
  });
}

/** A whole id names a session without looking: whether the org has it is looked up here. */
async function existing({ transaction, orgId }: Scope, id: string): Promise<string> {
  const session = await transaction.session.findUnique({ where: { orgId_id: { orgId, id } } });
  if (session === null) throw noSession();
  return session.id;
}

function noSession(): AppError {
  return new AppError("not_found", { message: "There is no session with the id you sent." });
}
