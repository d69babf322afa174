/**
 * The sign-in library, set up for people only: passwords, sessions, second factors. It keeps its rows in the schema
 * `directory` and knows nothing of orgs. Nobody reaches its own routes: `endpoints.ts` calls it.
 */
import { hkdfSync } from "node:crypto";
import {
  hashPassword,
  PASSWORD_LENGTH_MAX,
  PASSWORD_LENGTH_MIN,
  verifyPassword,
} from "@yolo/control/person/password";
import { newId } from "@yolo/core/ids";
import type { Database } from "@yolo/store/prisma";
import type { KeyRing, Secrets } from "@yolo/store/secrets-file";
import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { twoFactor } from "better-auth/plugins/two-factor";
import type { Logger } from "pino";
import type { Env } from "../env.ts";
import { alreadyLetter, resetLetter, verifyLetter } from "../mail/letters.ts";
import type { Mailer } from "../mail/mailer.ts";
import { CLIENT_ADDRESS } from "./client-address.ts";

export interface AuthParts {
  readonly database: Database;
  readonly secrets: Secrets;
  readonly logger: Logger;
  readonly env: Pick<Env, "DASHBOARD_URL">;
  readonly mailer: Mailer;
}

const SESSION_SECONDS = 14 * 24 * 3600;
const VERIFY_SECONDS = 24 * 3600;
const RESET_SECONDS = 3600;

export function createAuth({ database, secrets, logger, env, mailer }: AuthParts) {
  const { DASHBOARD_URL: dashboard } = env;
  const secure = dashboard.startsWith("https:");
  return betterAuth({
    appName: "yologateway",
    baseURL: dashboard,
    basePath: "/api/auth",
    secrets: secretsOf(secrets.encryptionKeys),
    telemetry: { enabled: false },
    logger: loggerOf(logger),
    database: prismaAdapter(database, { provider: "postgresql", transaction: true }),
    user: { modelName: "person" },
    account: { modelName: "account", fields: { userId: "personId" } },
    verification: { modelName: "verification", storeIdentifier: "hashed" },
    session: {
      modelName: "personSession",
      fields: { userId: "personId" },
      expiresIn: SESSION_SECONDS,
      // A session ends two weeks after it began, however much it is used.
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
    },
    emailAndPassword: {
      enabled: true,
      requireEmailVerification: true,
      autoSignIn: false,
      minPasswordLength: PASSWORD_LENGTH_MIN,
      maxPasswordLength: PASSWORD_LENGTH_MAX,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: RESET_SECONDS,
      async sendResetPassword({ user, token }) {
        mailer.post(user.email, resetLetter(`${dashboard}/reset?token=${token}`));
      },
      async onExistingUserSignUp({ user }) {
        mailer.post(user.email, alreadyLetter(dashboard));
      },
      async onPasswordReset({ user }) {
        // Whoever opened the mail has shown that the address is theirs.
        await database.person.update({ where: { id: user.id }, data: { emailVerified: true } });
      },
      password: {
        hash: hashPassword,
        verify: ({ hash, password }) => verifyPassword(hash, password),
      },
    },
    emailVerification: {
      expiresIn: VERIFY_SECONDS,
      sendOnSignUp: true,
      // `enter.ts` does, within the limits of mail.
      sendOnSignIn: false,
      autoSignInAfterVerification: false,
      async sendVerificationEmail({ user, url, token }) {
        const next = new URL(url).searchParams.get("callbackURL") ?? "/";
        const query = new URLSearchParams({ token, ...(next !== "/" && { next }) });
        mailer.post(user.email, verifyLetter(`${dashboard}/verify?${query}`));
      },
    },
    // Ours count per address and person, in Redis: see `limits.ts`.
    rateLimit: { enabled: false },
    advanced: {
      database: { generateId: () => newId() },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS] },
      useSecureCookies: false,
      defaultCookieAttributes: { secure, httpOnly: true, sameSite: "lax", path: "/" },
      cookies: cookieNames(secure),
      // `same-site.ts` judges every request before it gets here.
      disableCSRFCheck: true,
    },
    plugins: [twoFactor({ schema: { twoFactor: { fields: { userId: "personId" } } } })],
  });
}

/** `__Host-` binds a cookie to this very host and to https; browsers refuse the name over http. */
function cookieNames(secure: boolean) {
  const prefix = secure ? "__Host-yolo" : "yolo";
  return {
    session_token: { name: prefix },
    two_factor: { name: `${prefix}-second-factor` },
    dont_remember: { name: `${prefix}-brief` },
    trust_device: { name: `${prefix}-trusted` },
  };
}

/** One secret per version of the key-encryption key, the current one first; no key serves two purposes. */
function secretsOf({ current, keys }: KeyRing): { version: number; value: string }[] {
  return [...keys.entries()]
    .map(([version, key]) => {
      const bytes = hkdfSync("sha256", key.export(), "", "yologateway sign-in 1", 32);
      return { version, value: Buffer.from(bytes).toString("base64") };
    })
    .sort((a, b) => Number(b.version === current) - Number(a.version === current));
}

/** What it says may name a person: it goes to the log as a trace, except that something failed. */
function loggerOf(logger: Logger) {
  return {
    level: "warn" as const,
    log(level: string, message: string) {
      if (level === "error") logger.error({ detail: message }, "sign-in failed inside");
      else logger.trace({ detail: message }, "sign-in");
    },
  };
}
