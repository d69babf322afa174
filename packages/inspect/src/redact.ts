/** Replaces keys and tokens in the strings of a JSON body, and nothing else: every other byte stays as it came. */
import type { Finding } from "@yolo/core/finding";
import type { JsonDocument } from "./json.ts";
import { PLACES_MAX, type PlacedSecret, placeSecrets } from "./secret-places.ts";
import { replaceSpans } from "./secret-span.ts";
import { findSecrets } from "./secrets.ts";

export interface Redacted {
  /** The very same buffer when nothing was replaced. */
  readonly bytes: Buffer;
  /** One for each kind of secret, place and handling, in order of appearance; at most `PLACES_MAX`. */
  readonly findings: readonly Finding[];
}

/**
 * `bytes` with each secret in a string value replaced by `[secret:<type>]`, also where JSON is nested in strings or
 * characters are escaped; still valid JSON. What the provider has signed or encoded, and the keys of members, are
 * only reported (`kept`); see `placeSecrets`. `document` is what `readJson` made of these bytes.
 */
export function redactJson(bytes: Buffer, document: JsonDocument): Redacted {
  const secrets = findSecrets(bytes);
  if (secrets.length === 0) return { bytes, findings: [] };
  const placed = placeSecrets(document, secrets);
  const replaced = placed.filter(({ handling }) => handling === "replaced");
  return {
    bytes:
      replaced.length === 0
        ? bytes
        : replaceSpans(bytes, { start: 0, end: bytes.length }, replaced),
    findings: findingsOf(placed),
  };
}

/**
 * `bytes` of valid JSON with every secret replaced, also where `redactJson` keeps one: for what is stored and goes to
 * no provider. The very same buffer when there is none.
 */
export function withoutSecrets(bytes: Buffer): Buffer {
  const secrets = findSecrets(bytes);
  return secrets.length === 0
    ? bytes
    : replaceSpans(bytes, { start: 0, end: bytes.length }, secrets);
}

function findingsOf(placed: readonly PlacedSecret[]): Finding[] {
  const findings = new Map<string, Finding>();
  for (const { type, severity, place, handling } of placed.slice(0, PLACES_MAX)) {
    const name = `${type} ${handling} ${place}`;
    const known = findings.get(name);
    if (known === undefined || (known.severity !== "high" && severity === "high")) {
      findings.set(name, { type, severity, place, handling });
    }
  }
  return [...findings.values()];
}
