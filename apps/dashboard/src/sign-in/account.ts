/** What people change about their own account: name, password, the sessions of their browsers. */
import { passwordProblem } from "@yolo/control/person/password";
import { AppError } from "@yolo/core/errors";
import { decodeId, encodeId } from "@yolo/core/ids";
import { z } from "zod";
import { noticeLetter } from "../mail/letters.ts";
import { askLibrary } from "./ask-library.ts";
import { clientOf, nameOfPerson, personal, requirePassword } from "./endpoint.ts";
import { noteEvent } from "./events.ts";
import { takeTry } from "./limits.ts";

export const changeName = personal(
  z.strictObject({ name: nameOfPerson() }),
  async (call, person) => {
    const { name } = call.input;
    await call.deps.database.person.update({
      where: { id: person.personId },
      data: { name, updatedAt: new Date(call.deps.clock.now()) },
    });
    return { body: { name } };
  },
);

const passwordInput = z.strictObject({
  current: z.string().min(1).max(1024),
  password: z.string().max(1024),
});

/** Every other session ends, this one gets a new cookie. Throws `sign_in_failed`, `invalid_input`, `rate_limited`. */
export const changePassword = personal(passwordInput, async (call, person) => {
  const { deps, headers } = call;
  const { current, password } = call.input;
  requirePassword("password", passwordProblem(password, person.email));
  const key = `password:${person.personId}:${clientOf(headers)}`;
  await takeTry(deps, [{ key, limit: { burst: 10, everySeconds: 30 } }]);
  const body = { currentPassword: current, newPassword: password, revokeOtherSessions: true };
  const changed = await askLibrary(
    deps.auth.api.changePassword({ body, headers, asResponse: true }),
  );
  if (!changed.ok) {
    throw new AppError("sign_in_failed", { message: "This is not your present password." });
  }
  await noteEvent(call, person.personId, "password_changed");
  deps.mailer.post(person.email, noticeLetter("Your password was changed", deps.env.DASHBOARD_URL));
  return { body: {}, cookies: changed.cookies };
});

/** Ends one session of the person, or all but this one. Throws `not_found` for anybody else's. */
export const revokeSession = personal(
  z.strictObject({ session: z.union([z.string(), z.literal("others")]) }),
  async (call, person) => {
    const { personId, sessionId } = person;
    const { session } = call.input;
    const which =
      session === "others"
        ? { id: { not: sessionId } }
        : { id: decodeId("personSession", session) };
    const { count } = await call.deps.database.personSession.deleteMany({
      where: { personId, ...which },
    });
    if (count === 0 && session !== "others") {
      throw new AppError("not_found", { message: "This session has ended already." });
    }
    if (count > 0) await noteEvent(call, personId, "session_revoked");
    return { body: { ended: count } };
  },
);

export interface ShownSession {
  readonly id: string;
  readonly current: boolean;
  readonly userAgent: string | null;
  readonly ipAddress: string | null;
  readonly since: string;
  readonly lastSeen: string;
}

/** The sessions as the person sees them. */
export function showSession(
  row: {
    readonly id: string;
    readonly userAgent: string | null;
    readonly ipAddress: string | null;
    readonly createdAt: Date;
    readonly updatedAt: Date;
  },
  sessionId: string,
): ShownSession {
  return {
    id: encodeId("personSession", row.id),
    current: row.id === sessionId,
    userAgent: row.userAgent,
    ipAddress: row.ipAddress === "" ? null : row.ipAddress,
    since: row.createdAt.toISOString(),
    lastSeen: row.updatedAt.toISOString(),
  };
}
