/** What a person reads about their own account: where they are signed in, and what happened. */
import { getDeps } from "../deps.ts";
import { type ShownSession, showSession } from "./account.ts";
import { isSignInEvent, type SignInEventName } from "./event-names.ts";
import type { SignedIn } from "./who.ts";

const EVENTS_SHOWN = 100;
const SESSIONS_SHOWN = 50;

export interface Security {
  /** This browser's first, then the last seen. */
  readonly sessions: readonly ShownSession[];
  readonly events: readonly {
    readonly id: string;
    readonly at: string;
    readonly event: SignInEventName;
    readonly ipAddress: string | null;
    readonly userAgent: string | null;
  }[];
}

export async function readSecurity({ personId, sessionId }: SignedIn): Promise<Security> {
  const { database, clock } = getDeps();
  const now = new Date(clock.now());
  const sessions = await database.personSession.findMany({
    where: { personId, expiresAt: { gt: now } },
    orderBy: { updatedAt: "desc" },
    take: SESSIONS_SHOWN,
  });
  const events = await database.signInEvent.findMany({
    where: { personId },
    orderBy: { id: "desc" },
    take: EVENTS_SHOWN,
  });
  return {
    sessions: sessions
      .map((row) => showSession(row, sessionId))
      .sort((a, b) => Number(b.current) - Number(a.current)),
    events: events.flatMap(({ id, at, event, ipAddress, userAgent }) =>
      isSignInEvent(event) ? [{ id, at: at.toISOString(), event, ipAddress, userAgent }] : [],
    ),
  };
}
