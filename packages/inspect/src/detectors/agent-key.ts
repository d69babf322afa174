/** Our own agent keys and member tokens: they open this gateway and are never for a provider's eyes. */
import { crc32 } from "node:zlib";
import { type Detector, high, rawToken, TOKEN_START } from "./detector.ts";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const CHECKSUM_DIGITS = 6;
const FORM = /^(?:ylg_live_|ylg_test_|ylt_)[0-9A-Za-z]{49}$/;

/**
 * Whatever follows the prefix and is long enough is replaced, also with a wrong checksum or length: a mistyped key is
 * nearly a key. The checksum only tells how sure we are.
 */
export const AGENT_KEY_DETECTORS: readonly Detector[] = [
  {
    type: "agent_key",
    grams: ["ylg_", "ylt_"],
    raw: rawToken("yl(?:t|g_(?:live|test))_"),
    pattern: new RegExp(
      `ylg_(?:live|test)_[A-Za-z0-9]{32,256}|${TOKEN_START}ylt_[A-Za-z0-9]{32,256}`,
      "g",
    ),
    severity: (token) => (isGenuine(token) ? high() : "medium"),
  },
];

/** Whether a token has the right form and ends in the base62 CRC-32 of all before. */
export function isGenuine(token: string): boolean {
  if (!FORM.test(token)) return false;
  const body = token.slice(0, -CHECKSUM_DIGITS);
  return token.endsWith(base62(crc32(body)).padStart(CHECKSUM_DIGITS, "0"));
}

function base62(value: number): string {
  const rest = Math.floor(value / 62);
  return (rest === 0 ? "" : base62(rest)) + ALPHABET.charAt(value % 62);
}
