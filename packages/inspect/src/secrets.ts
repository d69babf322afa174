/**
 * Finds keys and tokens in the bytes of a JSON body, however they are escaped and however deep the JSON they stand in
 * is nested in strings. A body without any costs one quick search for what such secrets begin with.
 */
import { AppError } from "@yolo/core/errors";
import { AGENT_KEY_DETECTORS } from "./detectors/agent-key.ts";
import { CLOUD_DETECTORS } from "./detectors/cloud-keys.ts";
import { CODE_HOST_DETECTORS } from "./detectors/code-host-tokens.ts";
import type { Detector } from "./detectors/detector.ts";
import { MODEL_PROVIDER_DETECTORS } from "./detectors/model-provider-keys.ts";
import { PRIVATE_KEY_DETECTORS } from "./detectors/private-key.ts";
import { SERVICE_DETECTORS } from "./detectors/service-keys.ts";
import { GramSearch } from "./gram-search.ts";
import type { SecretSpan } from "./secret-span.ts";
import { type UnescapedView, unescapedView } from "./unescaped-view.ts";

const DETECTORS = [
  ...AGENT_KEY_DETECTORS,
  ...MODEL_PROVIDER_DETECTORS,
  ...CLOUD_DETECTORS,
  ...CODE_HOST_DETECTORS,
  ...SERVICE_DETECTORS,
  ...PRIVATE_KEY_DETECTORS,
];

/** A letter, digit or one of `-.:_\` spelled as an escape hides what any detector looks for. */
const HIDDEN_CHARACTER = {
  gram: "\\u00",
  raw: /\\u00(?:2[de]|3[0-9a]|4[1-9a-f]|5[0-9acf]|6[1-9a-f]|7[0-9a])/iy,
};

interface Suspicion {
  /** Sticky, over the raw bytes from where the gram starts. */
  readonly raw: RegExp;
  /** The detectors that shall look closer. */
  readonly detectors: readonly Detector[];
}

const SUSPICIONS = new GramSearch<Suspicion>([
  [HIDDEN_CHARACTER.gram, { raw: HIDDEN_CHARACTER.raw, detectors: DETECTORS }],
  ...[...Map.groupBy(DETECTORS, (detector) => detector.raw)].flatMap(([raw, detectors]) =>
    [...new Set(detectors.flatMap((detector) => detector.grams))].map(
      (gram) => [gram, { raw, detectors }] as const,
    ),
  ),
]);

/** A body with more secrets than this is refused: it is no conversation, and each costs memory. */
const SECRETS_MAX = 20_000;
/** Bytes examined before a suspect place, and behind it at first and at most: a key of 50,000 escaped letters. */
const BEFORE = 1_024;
const BEHIND = 4_096;
const BEHIND_MAX = 1_048_576;
/** Bytes that are examined behind the last suspect place at least; what is suspect in them is looked at again. */
const CONTEXT = 1_024;
/** A long match that ends within so many bytes of a cut may go on behind it: a line of a key may break there. */
const EDGE = 768;
/** Units at a cut in which no match may start: there the context on its left is missing. */
const CUT_MARGIN = 64;

/**
 * The secrets in `bytes`, in order, not overlapping; each span covers whole escapes. Linear in the length of `bytes`,
 * which must be valid JSON. Throws `malformed_request` when there are more than 20,000.
 */
export function findSecrets(bytes: Buffer): SecretSpan[] {
  const first = SUSPICIONS.next(bytes, 0);
  if (first === -1) return [];
  const text = bytes.toString("latin1");
  const found: SecretSpan[] = [];
  let suspect = nextSuspect(bytes, text, first);
  while (suspect !== null) {
    const { at } = suspect;
    const detectors = new Set<Detector>();
    for (let behind = BEHIND; ; behind *= 2) {
      const cut = at + behind;
      while (suspect !== null && suspect.at < cut - CONTEXT) {
        for (const detector of suspect.detectors) detectors.add(detector);
        const from: number = detectors.size < DETECTORS.length ? suspect.at + 1 : cut - CONTEXT;
        suspect = nextSuspect(bytes, text, from);
      }
      const spans = examine(bytes, at, cut, detectors);
      const isLast = cut >= bytes.length || behind === BEHIND_MAX;
      if (!isLast && spans.some((span) => goesOn(span, cut))) continue;
      found.push(...spans.filter((span) => span.end < cut || isLast));
      break;
    }
    if (found.length > SECRETS_MAX) throw tooMany();
  }
  return disjoint(found);
}

/** Whether a match may be longer than what was seen of it, and would not be looked at again. */
function goesOn(span: SecretSpan, cut: number): boolean {
  return span.end > cut - EDGE && span.start < cut - CONTEXT;
}

interface Suspect {
  readonly at: number;
  readonly detectors: readonly Detector[];
}

function nextSuspect(bytes: Buffer, text: string, from: number): Suspect | null {
  for (let at = SUSPICIONS.next(bytes, from); at !== -1; at = SUSPICIONS.next(bytes, at + 1)) {
    const detectors: Detector[] = [];
    for (const suspicion of SUSPICIONS.at(bytes, at)) {
      suspicion.raw.lastIndex = at;
      if (suspicion.raw.test(text)) detectors.push(...suspicion.detectors);
    }
    if (detectors.length > 0) return { at, detectors };
  }
  return null;
}

/** What `detectors` find from shortly before `at` up to `cut`. */
function examine(
  bytes: Buffer,
  at: number,
  cut: number,
  detectors: Iterable<Detector>,
): SecretSpan[] {
  const start = Math.max(0, at - BEFORE);
  const view = unescapedView(bytes, start, cut);
  const spans: SecretSpan[] = [];
  for (const detector of detectors) collect(detector, view, start === 0 ? 0 : CUT_MARGIN, spans);
  return spans;
}

function collect(detector: Detector, view: UnescapedView, from: number, spans: SecretSpan[]): void {
  const { type, pattern, accepts, severity } = detector;
  const { text, offsets } = view;
  pattern.lastIndex = from;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const start = match.index;
    const end = pattern.lastIndex;
    if (accepts?.(text, start, end) === false) continue;
    const [secret] = match;
    spans.push({
      type,
      severity: severity(secret),
      start: offsets[start] ?? 0,
      end: offsets[end] ?? 0,
    });
  }
}

function tooMany(): AppError {
  return new AppError("malformed_request", {
    message: `The body holds more than ${SECRETS_MAX} secrets, more than can be replaced.`,
  });
}

/** In order; what overlaps the secret before it is part of that one. */
function disjoint(found: SecretSpan[]): SecretSpan[] {
  const spans: SecretSpan[] = [];
  for (const span of found.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = spans.at(-1);
    if (last === undefined || span.start >= last.end) spans.push(span);
    else if (span.end > last.end) spans[spans.length - 1] = { ...last, end: span.end };
  }
  return spans;
}
