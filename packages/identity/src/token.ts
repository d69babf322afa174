/**
 * Bearer tokens as secrets: minted once, shown once; only an HMAC under a versioned pepper is ever stored.
 * Their form, which anybody can check offline, is in `@yolo/core/token-form`.
 */
import { createHmac, randomBytes } from "node:crypto";
import { Secret } from "@yolo/core/secret";
import {
  base62,
  RANDOM_DIGITS,
  TOKEN_PREFIXES,
  type TokenKind,
  tokenChecksum,
} from "@yolo/core/token-form";
import type { KeyRing } from "@yolo/store/secrets-file";

/** A new token. It is shown once and never stored. */
export function mintToken(kind: TokenKind): Secret {
  const random = base62(BigInt(`0x${randomBytes(32).toString("hex")}`), RANDOM_DIGITS);
  const body = TOKEN_PREFIXES[kind] + random;
  return new Secret(body + tokenChecksum(body));
}

/** Whether a text claims to be an agent key: it may still be mistyped, expired or unknown. */
export function looksLikeAgentKey(text: string): boolean {
  return text.startsWith("ylg_");
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
