/** People's passwords: stored as Argon2id hashes only, with the parameters that OWASP names for it. */
import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import { newId } from "@yolo/core/ids";
import type { Database } from "@yolo/store/prisma";

export const PASSWORD_LENGTH_MIN = 12;
export const PASSWORD_LENGTH_MAX = 128;
const DISTINCT_CHARACTERS_MIN = 5;

const derive = promisify(argon2);
const MEMORY_KIB = 19_456;
const PASSES = 2;
const LANES = 1;
const HASH_BYTES = 32;
const SALT_BYTES = 16;

/** PHC string format, with unpadded base64 as its specification says. */
const STORED =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{22,86})\$([A-Za-z0-9+/]{43,86})$/;

/**
 * Why nobody should have this password; undefined when it may be taken. Length is what counts; classes of characters
 * are not asked for.
 */
export function passwordProblem(password: string, email = ""): string | undefined {
  if (password.length < PASSWORD_LENGTH_MIN) {
    return `must have at least ${PASSWORD_LENGTH_MIN} characters`;
  }
  if (password.length > PASSWORD_LENGTH_MAX) {
    return `must have at most ${PASSWORD_LENGTH_MAX} characters`;
  }
  if (new Set(password).size < DISTINCT_CHARACTERS_MIN) {
    return `must have at least ${DISTINCT_CHARACTERS_MIN} different characters`;
  }
  const [user = ""] = email.split("@");
  const guessable = [email, user + user, "yologateway", "passwordpassword"].includes(
    password.toLowerCase().replace(/\d+$/, ""),
  );
  return guessable ? "is too easy to guess" : undefined;
}

/** A salted hash of the password, as it is stored. Takes tens of milliseconds and 19 MiB on purpose. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(SALT_BYTES);
  const hash = await derive("argon2id", {
    message: password.normalize("NFKC"),
    nonce,
    parallelism: LANES,
    tagLength: HASH_BYTES,
    memory: MEMORY_KIB,
    passes: PASSES,
  });
  return `$argon2id$v=19$m=${MEMORY_KIB},t=${PASSES},p=${LANES}$${unpadded(nonce)}$${unpadded(hash)}`;
}

/** Whether it is the password that was stored so; a text that is no such hash matches nothing. */
export async function verifyPassword(stored: string, password: string): Promise<boolean> {
  const parts = STORED.exec(stored);
  if (parts === null) return false;
  const [, memory = "", passes = "", lanes = "", salt = "", expected = ""] = parts;
  const wanted = Buffer.from(expected, "base64");
  const hash = await derive("argon2id", {
    message: password.normalize("NFKC"),
    nonce: Buffer.from(salt, "base64"),
    parallelism: Number(lanes),
    tagLength: wanted.length,
    memory: Number(memory),
    passes: Number(passes),
  });
  return timingSafeEqual(hash, wanted);
}

/**
 * Gives the person this password in place of any other; whoever calls has made sure that they may have it.
 * Their address counts as verified.
 */
export async function setPassword(
  database: Database,
  personId: string,
  password: string,
): Promise<void> {
  const hash = await hashPassword(password);
  const account = { providerId: "credential", accountId: personId };
  await database.account.upsert({
    where: { providerId_accountId: account },
    create: { ...account, id: newId(), personId, password: hash },
    update: { password: hash, updatedAt: new Date() },
  });
  await database.person.update({ where: { id: personId }, data: { emailVerified: true } });
}

function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replaceAll("=", "");
}
