/** The second factor: an authenticator's codes (RFC 6238), and recovery codes that work once each. */
import { AppError } from "@yolo/core/errors";
import { encode } from "uqr";
import { z } from "zod";
import { noticeLetter } from "../mail/letters.ts";
import { askLibrary } from "./ask-library.ts";
import { addressCell, clientOf, open, type PersonCall, personal } from "./endpoint.ts";
import { enter } from "./enter.ts";
import { noteEvent, noteSecondFactorFailure } from "./events.ts";
import { takeTry } from "./limits.ts";
import type { SignedIn } from "./who.ts";

/** Of one code: as long as a verifier takes it, and one step more. */
const CODE_LIFE = { burst: 1, everySeconds: 90 };

const passwordInput = z.strictObject({ password: z.string().min(1).max(1024) });
const code = z
  .string()
  .transform((text) => text.replaceAll(/\s/g, ""))
  .pipe(z.string().regex(/^\d{6}$/, "must be the six digits that your authenticator shows"));

const recoveryCode = z.string().trim().min(1).max(40);

const signInInput = z.union([
  z.strictObject({ code, next: z.string().max(2000).optional() }),
  z.strictObject({ recoveryCode, next: z.string().max(2000).optional() }),
]);

const inSchema = z.object({ token: z.string(), user: z.object({ id: z.uuid() }) });

/** The second step of signing in. Throws `sign_in_failed` for a code that is wrong or was used, `rate_limited`. */
export const enterSecondFactor = open(signInInput, async (call) => {
  const { deps, headers, input } = call;
  await takeTry(deps, [addressCell(call, "code", { burst: 60, everySeconds: 5 })]);
  const recovers = "recoveryCode" in input;
  const answer = await askLibrary(
    recovers
      ? deps.auth.api.verifyBackupCode({
          ...{ headers, asResponse: true },
          body: { code: input.recoveryCode },
        })
      : deps.auth.api.verifyTOTP({ ...{ headers, asResponse: true }, body: { code: input.code } }),
  );
  if (!answer.ok) throw await refusalOf(call, answer.code);
  const { token, user } = inSchema.parse(answer.body);
  if (recovers) await noteEvent(call, user.id, "recovery_code_used");
  else await spend(call, { personId: user.id, code: input.code, token });
  return enter(call, { personId: user.id, next: input.next, cookies: answer.cookies });
});

interface Spent {
  readonly personId: string;
  readonly code: string;
  readonly token: string;
}

/** A code opens one session (RFC 6238 §5.2); the session of a second use is taken back before anybody has it. */
async function spend(
  { deps }: PersonCall<unknown>,
  { personId, code, token }: Spent,
): Promise<void> {
  try {
    await takeTry(deps, [{ key: `code:${personId}:${code}`, limit: CODE_LIFE }]);
  } catch {
    await deps.database.personSession.deleteMany({ where: { token } });
    throw new AppError("sign_in_failed", {
      message: "This code was used already. Wait for the next one.",
    });
  }
}

async function refusalOf(call: PersonCall<unknown>, why: string): Promise<AppError> {
  if (why === "INVALID_TWO_FACTOR_COOKIE" || why.startsWith("TOO_MANY_ATTEMPTS")) {
    return new AppError("not_signed_in", {
      message: "This sign-in has taken too long or too many tries. Begin again with your password.",
    });
  }
  await noteSecondFactorFailure(call);
  if (why !== "ACCOUNT_TEMPORARILY_LOCKED") return wrongCode();
  return new AppError("rate_limited", {
    message: "Too many wrong codes. Try again in a quarter of an hour.",
    retryAfterSeconds: 900,
  });
}

const begunSchema = z.object({ totpURI: z.string(), backupCodes: z.array(z.string()) });

/**
 * Begins to set it up: the secret as text and as a QR code, and the recovery codes. Nothing is asked for at sign-in
 * until `confirmSecondFactor`. Throws `sign_in_failed` for a wrong password, `conflict` when it is on already.
 */
export const beginSecondFactor = personal(passwordInput, async (call, person) => {
  const { deps, headers } = call;
  await takePasswordTry(call, person);
  const body = { ...call.input, method: "totp" as const };
  const begun = await askLibrary(
    deps.auth.api.enableTwoFactor({ body, headers, asResponse: true }),
  );
  if (!begun.ok) throw refusedChange(begun.code);
  const { totpURI, backupCodes } = begunSchema.parse(begun.body);
  const secret = new URL(totpURI).searchParams.get("secret") ?? "";
  return { body: { secret, uri: totpURI, qr: qrOf(totpURI), recoveryCodes: backupCodes } };
});

/** Switches it on, once a code shows that the authenticator works. Throws `sign_in_failed`. */
export const confirmSecondFactor = personal(z.strictObject({ code }), async (call, person) => {
  const { deps, headers, input } = call;
  await takePasswordTry(call, person);
  const answer = await askLibrary(
    deps.auth.api.verifyTOTP({ body: input, headers, asResponse: true }),
  );
  if (!answer.ok) throw wrongCode();
  await noteEvent(call, person.personId, "second_factor_on");
  notify(call, person, "The second factor of your account was switched on");
  return { body: {}, cookies: answer.cookies };
});

/** Switches it off. Throws `sign_in_failed` for a wrong password. */
export const endSecondFactor = personal(passwordInput, async (call, person) => {
  const { deps, headers, input } = call;
  await takePasswordTry(call, person);
  const ended = await askLibrary(
    deps.auth.api.disableTwoFactor({ body: input, headers, asResponse: true }),
  );
  if (!ended.ok) throw refusedChange(ended.code);
  await noteEvent(call, person.personId, "second_factor_off");
  notify(call, person, "The second factor of your account was switched off");
  return { body: {}, cookies: ended.cookies };
});

/** New recovery codes; those before stop working. Throws `sign_in_failed` for a wrong password. */
export const renewRecoveryCodes = personal(passwordInput, async (call, person) => {
  const { deps, headers, input } = call;
  await takePasswordTry(call, person);
  const made = await askLibrary(
    deps.auth.api.generateBackupCodes({ body: input, headers, asResponse: true }),
  );
  if (!made.ok) throw refusedChange(made.code);
  const { backupCodes } = z.object({ backupCodes: z.array(z.string()) }).parse(made.body);
  await noteEvent(call, person.personId, "recovery_codes_renewed");
  return { body: { recoveryCodes: backupCodes } };
});

/** Whoever sits at a signed-in browser does not guess the password or a code at leisure. */
async function takePasswordTry(call: PersonCall<unknown>, person: SignedIn): Promise<void> {
  const key = `password:${person.personId}:${clientOf(call.headers)}`;
  await takeTry(call.deps, [{ key, limit: { burst: 10, everySeconds: 30 } }]);
}

function notify({ deps }: PersonCall<unknown>, { email }: SignedIn, what: string): void {
  deps.mailer.post(email, noticeLetter(what, deps.env.DASHBOARD_URL));
}

function refusedChange(why: string): AppError {
  if (why === "INVALID_PASSWORD") {
    return new AppError("sign_in_failed", { message: "This is not your password." });
  }
  return new AppError("conflict", {
    message: "The second factor is not as this page shows it. Load the page again.",
    detail: why,
  });
}

function wrongCode(): AppError {
  return new AppError("sign_in_failed", { message: "This code does not work." });
}

/** The dark modules of a QR code as one SVG path, in units of a module. */
function qrOf(text: string): { readonly size: number; readonly path: string } {
  const { data, size } = encode(text, { ecc: "M", border: 2 });
  const path = data.flatMap((row, y) =>
    row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  return { size, path: path.join("") };
}
