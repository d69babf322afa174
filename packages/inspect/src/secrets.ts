/**
 * Finds keys and tokens in the bytes of a JSON body, however they are escaped and however deep the JSON they stand in
 * is nested in strings. A body without any costs one quick search for what such secrets begin with.
 */
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

/** A letter, digit or `-.:_` spelled as an escape hides what any detector looks for. */
const HIDDEN_CHARACTER = {
  gram: "\\u00",
  raw: /\\u00(?:2[de]|3[0-9a]|4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9a])/iy,
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

/** Bytes examined before and behind a suspect place, of which at least `CONTEXT` stand behind every suspect place. */
const BEFORE = 1_024;
const BEHIND = 4_096;
const CONTEXT = 1_024;
/** Units at a cut in which no match may start: there the context on its left is missing. */
const CUT_MARGIN = 64;

/**
 * The secrets in `bytes`, in order, not overlapping; each span covers whole escapes. Linear in the length of `bytes`,
 * which must be valid JSON.
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
    while (suspect !== null && suspect.at < at + BEHIND - CONTEXT) {
      for (const detector of suspect.detectors) detectors.add(detector);
      suspect = nextSuspect(bytes, text, suspect.at + 1);
    }
    for (const span of examine(bytes, at, detectors)) found.push(span);
  }
  return disjoint(found);
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

/** The secrets around the suspect place `at`. A match at the end of what is seen is looked at again with more behind it. */
function examine(bytes: Buffer, at: number, detectors: Iterable<Detector>): SecretSpan[] {
  const start = Math.max(0, at - BEFORE);
  for (let behind = BEHIND; ; behind *= 2) {
    const end = Math.min(bytes.length, at + behind);
    const view = unescapedView(bytes, start, end);
    const spans: SecretSpan[] = [];
    for (const detector of detectors) collect(detector, view, start === 0 ? 0 : CUT_MARGIN, spans);
    if (end === bytes.length || spans.every((span) => span.end < end)) return spans;
  }
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
