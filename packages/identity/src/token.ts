/**
 * Bearer tokens: prefix, 256 random bits and a checksum, so that a scanner can tell a real one from a look-alike
 * offline and a typing error never costs a look-up. Only an HMAC under a versioned pepper is ever stored.
 *
 * Form: `ylg_live_` | `ylg_test_` | `ylt_`, then 43 base62 digits, then 6 base62 digits of the CRC-32 of all before.
 */
import { createHmac, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";
import { Secret } from "@yolo/core/secret";
import type { KeyRing } from "@yolo/store/secrets-file";

const PREFIXES = { live: "ylg_live_", test: "ylg_test_", member: "ylt_" } as const;
export type TokenKind = keyof typeof PREFIXES;
export type AgentKeyKind = "live" | "test";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const RANDOM_DIGITS = 43;
const CHECKSUM_DIGITS = 6;
const DIGITS = /^[0-9A-Za-z]+$/;

/** A new token. It is shown once and never stored. */
export function mintToken(kind: TokenKind): Secret {
  const random = base62(BigInt(`0x${randomBytes(32).toString("hex")}`), RANDOM_DIGITS);
  const body = PREFIXES[kind] + random;
  return new Secret(body + checksum(body));
}

/** Whether a text claims to be an agent key: it may still be mistyped, expired or unknown. */
export function looksLikeAgentKey(text: string): boolean {
  return text.startsWith("ylg_");
}

/** The kind of a well-formed token with a right checksum; null for anything else. */
export function tokenKind(text: string): TokenKind | null {
  for (const kind of ["live", "test", "member"] as const) {
    const prefix = PREFIXES[kind];
    if (!text.startsWith(prefix)) continue;
    const body = text.slice(0, -CHECKSUM_DIGITS);
    const wellFormed =
      text.length === prefix.length + RANDOM_DIGITS + CHECKSUM_DIGITS &&
      DIGITS.test(text.slice(prefix.length));
    return wellFormed && text.endsWith(checksum(body)) ? kind : null;
  }
  return null;
}

/** HMAC-SHA-256 of a token under one version of the pepper; 32 bytes. */
export function hashToken(peppers: KeyRing, version: number, token: string): Buffer {
  const pepper = peppers.keys.get(version);
  if (pepper === undefined) throw new Error(`there is no pepper of version ${version}`);
  return createHmac("sha256", pepper).update(token).digest();
}

/** The HMACs of a token under every version of the pepper, the current one first. */
export function hashesOf(peppers: KeyRing, token: string): Buffer[] {
  const older = [...peppers.keys.keys()].filter((version) => version !== peppers.current);
  return [peppers.current, ...older].map((version) => hashToken(peppers, version, token));
}

function checksum(body: string): string {
  return base62(BigInt(crc32(body)), CHECKSUM_DIGITS);
}

function base62(value: bigint, digits: number): string {
  let text = "";
  for (let rest = value; text.length < digits; rest /= 62n) {
    text = ALPHABET.charAt(Number(rest % 62n)) + text;
  }
  return text;
}
