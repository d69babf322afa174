/**
 * The form of our bearer tokens (agent keys and members' API tokens): a prefix, 43 base62 digits of randomness, and
 * 6 base62 digits of the CRC-32 of all before, so that a real one is told from a look-alike without asking anybody.
 */
import { crc32 } from "node:zlib";

export const TOKEN_PREFIXES = { live: "ylg_live_", test: "ylg_test_", member: "ylt_" } as const;
export type TokenKind = keyof typeof TOKEN_PREFIXES;

export const RANDOM_DIGITS = 43;
const CHECKSUM_DIGITS = 6;
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const DIGITS = /^[0-9A-Za-z]+$/;

/** The kind of a well-formed token with a right checksum; null for anything else. */
export function tokenKind(text: string): TokenKind | null {
  for (const kind of ["live", "test", "member"] as const) {
    const prefix = TOKEN_PREFIXES[kind];
    if (!text.startsWith(prefix)) continue;
    const wellFormed =
      text.length === prefix.length + RANDOM_DIGITS + CHECKSUM_DIGITS &&
      DIGITS.test(text.slice(prefix.length));
    return wellFormed && text.endsWith(tokenChecksum(text.slice(0, -CHECKSUM_DIGITS)))
      ? kind
      : null;
  }
  return null;
}

/** The six digits that end a token beginning like this. */
export function tokenChecksum(body: string): string {
  return base62(BigInt(crc32(body)), CHECKSUM_DIGITS);
}

/** A number in base62, left-padded with `0`. */
export function base62(value: bigint, digits: number): string {
  let text = "";
  for (let rest = value; text.length < digits; rest /= 62n) {
    text = ALPHABET.charAt(Number(rest % 62n)) + text;
  }
  return text;
}
