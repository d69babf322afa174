/** The org's sessions by their start, newest first, with the sums of their records. */
import { readSessions } from "@yolo/ledger/read-sessions";
import { z } from "zod";
import { idField, limitField, line, shownId } from "../fields.ts";
import { pageOf } from "../page.ts";
import { momentOf, pastField } from "../period.ts";
import { findAgentIds } from "../record/filter.ts";
import { query } from "../verb.ts";
import { findSessions, sessionField } from "./find.ts";
import { activeSince, Session, showSession } from "./session.ts";

const input = z.strictObject({
  limit: limitField(),
  /** Only sessions that started before this one. */
  before: idField("session").optional(),
  /** Our id of a session, the client's own, or the first 8 digits or more of either. */
  session: sessionField().optional(),
  /** An id, or a name. */
  agent: line(500).optional(),
  /** An id, or a slug. */
  project: line(500).optional(),
  state: z.enum(["active", "quiet"]).optional(),
  /** By their start. */
  since: pastField().optional(),
  until: pastField().optional(),
});

/** Throws `not_found` when `before` names no session. */
export const listSessions = query({
  name: "session.list",
  permission: "records:read",
  input,
  output: z.strictObject({ data: z.array(Session), nextBefore: shownId("session").nullable() }),
  async run(scope, { limit, before, session, state, since, until, ...who }) {
    const { transaction, orgId, clock } = scope;
    const rows = await readSessions(transaction, {
      ...{ orgId, limit: limit + 1, before },
      sessions: await findSessions(scope, session),
      agents: await findAgentIds(scope, who),
      since: momentOf(since, clock.now()),
      until: momentOf(until, clock.now()),
      isActive: state === undefined ? undefined : state === "active",
      activeSince: activeSince(clock.now()),
    });
    return pageOf(rows.map(showSession), limit);
  },
});
