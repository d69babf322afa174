/** Signing in with a password, and signing out. */
import { orgsOfPerson } from "@yolo/control/person/orgs";
import { AppError } from "@yolo/core/errors";
import { z } from "zod";
import { askLibrary } from "./ask-library.ts";
import {
  addressCell,
  clientOf,
  emailField,
  open,
  type PersonAnswer,
  type PersonCall,
} from "./endpoint.ts";
import { noteEvent, noteFailureOf } from "./events.ts";
import { type Cell, forgetTries, takeTry } from "./limits.ts";
import { takeMail } from "./mail-limit.ts";
import { safePath } from "./safe-path.ts";
import { readPerson } from "./who.ts";

const input = z.strictObject({
  email: emailField(),
  password: z.string().min(1).max(1024),
  next: z.string().max(2000).optional(),
});

const enteredSchema = z.object({ user: z.object({ id: z.uuid() }) });

/**
 * Answers `{ to }`, the path to go on to; `{ secondFactor: true }` where a code is asked for; `{ verify: true }`
 * where the password is right and the address not yet verified.
 * Throws `sign_in_failed` in the same words and time for an unknown address and a wrong password, and `rate_limited`.
 */
export const signIn = open(input, async (call) => {
  const answer = await signInWith(call);
  if ("verify" in answer.body) await sendLinkAgain(call);
  return answer;
});

/** Beyond the limits of mail none is sent: the last one still works. */
async function sendLinkAgain(call: PersonCall<z.output<typeof input>>): Promise<void> {
  const { email, next } = call.input;
  try {
    await takeMail(call, email);
  } catch {
    return;
  }
  const body = { email, callbackURL: safePath(next) };
  await askLibrary(call.deps.auth.api.sendVerificationEmail({ body, asResponse: true }));
}

export async function signInWith(call: PersonCall<z.output<typeof input>>): Promise<PersonAnswer> {
  const { deps, headers } = call;
  const { email, password, next } = call.input;
  const cells = signInCells(call, email);
  await takeTry(deps, [...cells, addressCell(call, "sign-in", { burst: 100, everySeconds: 3 })]);
  const earlier = await readPerson(deps, headers);
  const body = { email, password, callbackURL: safePath(next) };
  const entered = await askLibrary(deps.auth.api.signInEmail({ body, headers, asResponse: true }));
  if (!entered.ok) {
    if (entered.code === "EMAIL_NOT_VERIFIED") return { body: { verify: true } };
    noteFailureOf(call, email, "wrong_password");
    throw wrong();
  }
  await forgetTries(deps, cells);
  if (earlier !== undefined) {
    await deps.database.personSession.deleteMany({ where: { id: earlier.sessionId } });
  }
  const parsed = enteredSchema.safeParse(entered.body);
  if (!parsed.success) return { body: { secondFactor: true }, cookies: entered.cookies };
  return enter(call, { personId: parsed.data.user.id, next, cookies: entered.cookies });
}

interface Entry {
  readonly personId: string;
  readonly next: string | undefined;
  readonly cookies: readonly string[];
}

/** The answer to whoever is in now. */
export async function enter(
  call: PersonCall<unknown>,
  { personId, next, cookies }: Entry,
): Promise<PersonAnswer> {
  await noteEvent(call, personId, "signed_in");
  const asked = safePath(next);
  const to = asked === "/" ? await homeOf(call, personId) : asked;
  return { body: { to }, cookies };
}

/** The first org of theirs; founding one where there is none. */
async function homeOf({ deps }: PersonCall<unknown>, personId: string): Promise<string> {
  const [first] = await orgsOfPerson(deps.database, personId);
  return first === undefined ? "/orgs/new" : `/${first.slug}`;
}

/** Ends the session of this browser; without one, nothing happens. */
export const signOut = open(z.strictObject({}), async (call) => {
  const { deps, headers } = call;
  const person = await readPerson(deps, headers);
  if (person !== undefined) await noteEvent(call, person.personId, "signed_out");
  const left = await askLibrary(deps.auth.api.signOut({ headers, asResponse: true }));
  return { body: {}, cookies: left.ok ? left.cookies : [] };
});

/** Few tries for one person from one place; more from everywhere, so that nobody locks others out for long. */
function signInCells(call: PersonCall<unknown>, email: string): readonly Cell[] {
  return [
    { key: `sign-in:${email}:${clientOf(call.headers)}`, limit: { burst: 10, everySeconds: 60 } },
    { key: `sign-in:${email}`, limit: { burst: 50, everySeconds: 30 } },
  ];
}

function wrong(): AppError {
  return new AppError("sign_in_failed", {
    message: "This address and password do not belong together.",
  });
}
