/**
 * Signing up and getting back in, by mail. None of these answers, nor the time that it takes, tells whether an
 * address is known here.
 */
import { passwordProblem } from "@yolo/control/person/password";
import { AppError } from "@yolo/core/errors";
import { z } from "zod";
import { noticeLetter } from "../mail/letters.ts";
import { askLibrary } from "./ask-library.ts";
import { addressCell, emailField, nameOfPerson, open, requirePassword } from "./endpoint.ts";
import { signInWith } from "./enter.ts";
import { noteEvent } from "./events.ts";
import { takeTry } from "./limits.ts";
import { takeMail } from "./mail-limit.ts";
import { safePath } from "./safe-path.ts";

/** Longer than the work takes, so that the time is the same whatever it was. */
const ANSWER_MS = 600;

const signUpInput = z.strictObject({
  name: nameOfPerson(),
  email: emailField(),
  password: z.string().max(1024),
  next: z.string().max(2000).optional(),
});

/** Answers `{}` and writes to the address: how to confirm it, or that it has an account. Throws `invalid_input`. */
export const signUp = open(signUpInput, async (call) => {
  const { name, email, password, next } = call.input;
  requirePassword("password", passwordProblem(password, email));
  await takeMail(call, email);
  const body = { name, email, password, callbackURL: safePath(next) };
  await inSameTime(askLibrary(call.deps.auth.api.signUpEmail({ body, asResponse: true })));
  return { body: {} };
});

const verifyInput = z.strictObject({
  token: z.string().max(2000),
  password: z.string().min(1).max(1024),
  next: z.string().max(2000).optional(),
});

const claims = z.object({ email: emailField() });

/**
 * Confirms the address and signs in, for whoever holds the link and knows the password: so nobody comes by an account
 * whose password somebody else chose. Throws `link_ended`, `sign_in_failed`, `rate_limited`.
 */
export const verifyAddress = open(verifyInput, async (call) => {
  const { token, password, next } = call.input;
  const { email } = readClaims(token);
  const first = await signInWith({ ...call, input: { email, password, next } });
  if (!("verify" in first.body)) return first;
  const { auth, database } = call.deps;
  const verified = await askLibrary(auth.api.verifyEmail({ query: { token }, asResponse: true }));
  if (!verified.ok) throw linkEnded();
  const person = await database.person.findUniqueOrThrow({ where: { email } });
  await noteEvent(call, person.id, "address_verified");
  return signInWith({ ...call, input: { email, password, next } });
});

/** Answers `{}` and, where the address has an account, writes a link to it. */
export const forgotPassword = open(z.strictObject({ email: emailField() }), async (call) => {
  const { email } = call.input;
  await takeMail(call, email);
  const { auth } = call.deps;
  await inSameTime(
    askLibrary(auth.api.requestPasswordReset({ body: { email }, asResponse: true })),
  );
  return { body: {} };
});

const resetInput = z.strictObject({
  token: z.string().max(200),
  password: z.string().max(1024),
});

/** The new password, once; every session of the person ends. Throws `link_ended`, `invalid_input`, `rate_limited`. */
export const resetPassword = open(resetInput, async (call) => {
  const { token, password } = call.input;
  const { auth, database, env, mailer } = call.deps;
  requirePassword("password", passwordProblem(password));
  await takeTry(call.deps, [addressCell(call, "reset", { burst: 30, everySeconds: 60 })]);
  const context = await auth.$context;
  const identifier = `reset-password:${token}`;
  const found = await context.internalAdapter.findVerificationValue(identifier);
  const body = { token, newPassword: password };
  const reset = await askLibrary(auth.api.resetPassword({ body, asResponse: true }));
  if (!reset.ok || found === null) throw linkEnded();
  const person = await database.person.findUniqueOrThrow({ where: { id: found.value } });
  await noteEvent(call, person.id, "password_reset");
  mailer.post(person.email, noticeLetter("Your password was changed", env.DASHBOARD_URL));
  return { body: {} };
});

async function inSameTime(work: Promise<unknown>): Promise<void> {
  await Promise.all([work, new Promise((resolve) => setTimeout(resolve, ANSWER_MS))]);
}

/** Whom the link is for; not believed before the library has checked its signature. */
function readClaims(token: string): z.output<typeof claims> {
  try {
    const [, payload = ""] = token.split(".");
    return claims.parse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
  } catch {
    throw linkEnded();
  }
}

function linkEnded(): AppError {
  return new AppError("link_ended", {
    message: "This link does not work any more. Ask for a new one.",
  });
}
