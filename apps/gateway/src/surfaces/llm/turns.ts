/**
 * What the record keeps of a conversation: agents send all of it again with every call, the payload holds what is
 * new. One session holds several conversations at once (an agent and its sub-agents), so a payload names the one it
 * goes on from.
 */
import { createHash, type Hash, hash as hashOf } from "node:crypto";
import type { JsonDocument, Span } from "@yolo/inspect/json";
import { JsonScanner } from "@yolo/inspect/json-scanner";
import { withoutSecrets } from "@yolo/inspect/redact";
import type { Inspected } from "../../pipeline/inspect.ts";
import type { Captured, CaptureMark } from "../surface.ts";

/** A mark that also remembers the session's other conversations, the latest first. */
export interface ConversationMarks extends CaptureMark {
  readonly others: readonly CaptureMark[];
}

/** Conversations of one session that are told apart; one more starts anew. */
const CONVERSATIONS_MAX = 8;

const NOTHING: Captured = { pieces: [], mark: null };

/**
 * The payload is JSON: `{ "v": 1, "turns", "hash", "from", "after"?, "rest"?, "messages" }`. The conversation has
 * `turns` messages by now and `hash` names it. `messages` are those from the `from`-th on, and those before are in
 * the payload whose `hash` this one's `after` repeats; `from` is 0 when none is known or the past was changed.
 * `rest` holds every other member of the request, and is left out where that earlier payload's still holds.
 */
export function newTurns(body: Inspected, last: CaptureMark | null): Captured {
  const { document, bytes } = body;
  const messages = document?.elements("messages");
  if (document === null || messages === undefined) return NOTHING;
  const known = marksOf(last);
  const prefixes = hashPrefixes(document, messages, known);
  const before = known
    .filter(({ turns, prefixHash }) => prefixes.get(turns) === prefixHash)
    .reduce<CaptureMark | null>((a, b) => (a !== null && a.turns >= b.turns ? a : b), null);
  const rest = restOf(document);
  const mark: CaptureMark = {
    turns: messages.length,
    prefixHash: prefixes.get(messages.length) ?? "",
    restHash: hashOf("sha256", rest, "base64"),
  };
  const pieces = [
    Buffer.from(headOf(mark, before)),
    ...(mark.restHash === before?.restHash ? [] : [REST, rest]),
    MESSAGES,
    sliceOf(bytes, messages, before?.turns ?? 0),
    END,
  ];
  const isKept = body.findings.some(({ handling }) => handling === "kept");
  const others = known.filter((one) => one !== before).slice(0, CONVERSATIONS_MAX - 1);
  const marks: ConversationMarks = { ...mark, others };
  return { pieces: isKept ? [withoutSecrets(Buffer.concat(pieces))] : pieces, mark: marks };
}

const [REST, MESSAGES, END] = [
  Buffer.from(',"rest":'),
  Buffer.from(',"messages":['),
  Buffer.from("]}"),
];

function marksOf(last: CaptureMark | null): readonly CaptureMark[] {
  if (last === null) return [];
  const marks = hasOthers(last) ? [last, ...last.others] : [last];
  // Each without what it remembers itself: marks that held on to marks would never be let go.
  return marks
    .filter(({ turns }) => turns > 0)
    .map(({ turns, prefixHash, restHash }) => ({ turns, prefixHash, restHash }));
}

function hasOthers(mark: CaptureMark): mark is ConversationMarks {
  return "others" in mark;
}

function headOf({ turns, prefixHash }: CaptureMark, before: CaptureMark | null): string {
  const head = { v: 1, turns, hash: prefixHash, from: before?.turns ?? 0 };
  return JSON.stringify(before === null ? head : { ...head, after: before.prefixHash }).slice(
    0,
    -1,
  );
}

/** From the `from`-th element to the last, with the commas between them. */
function sliceOf(bytes: Buffer, elements: readonly Span[], from: number): Buffer {
  const first = elements[from];
  return first === undefined
    ? bytes.subarray(0, 0)
    : bytes.subarray(first.start, elements.at(-1)?.end);
}

/** An object of every member but the messages, each as it came: what stands before them, and what stands behind. */
function restOf({ bytes, members }: JsonDocument): Buffer {
  const parts: Buffer[] = [];
  let from = -1;
  let to = -1;
  const take = () => {
    if (from !== -1) parts.push(parts.length === 0 ? OPEN : COMMA_TEXT, bytes.subarray(from, to));
    from = -1;
  };
  for (const [name, { key, value }] of members) {
    if (name === "messages") {
      take();
      continue;
    }
    if (from === -1) from = key.start;
    to = value.end;
  }
  take();
  return Buffer.concat(parts.length === 0 ? [OPEN, CLOSE] : [...parts, CLOSE]);
}

const [OPEN, COMMA_TEXT, CLOSE] = [Buffer.from("{"), Buffer.from(","), Buffer.from("}")];

/**
 * Number of messages → hash of that many from the start: of all of them, and of as many as each of `known` had.
 * Clients move their cache markers on with every call: the hash leaves them out.
 */
function hashPrefixes(
  document: JsonDocument,
  messages: readonly Span[],
  known: readonly CaptureMark[],
): ReadonlyMap<number, string> {
  const hashes = new Map<number, string>();
  const hash = createHash("sha256");
  let position = messages[0]?.start ?? 0;
  for (const count of shorter(known, messages.length)) {
    const end = messages[count - 1]?.end ?? position;
    updateWithoutMarkers(hash, document, { start: position, end });
    position = end;
    hashes.set(count, hash.copy().digest("base64"));
  }
  const end = messages.at(-1)?.end ?? position;
  updateWithoutMarkers(hash, document, { start: position, end });
  return hashes.set(messages.length, hash.digest("base64"));
}

/** The different numbers of messages below `length` that conversations had, in rising order. */
function shorter(known: readonly CaptureMark[], length: number): number[] {
  const counts = known.flatMap(({ turns }) => (turns < length ? [turns] : []));
  return counts.length < 2 ? counts : [...new Set(counts)].sort((a, b) => a - b);
}

const MARKER = Buffer.from('"cache_control"');
const [COMMA, COLON] = [0x2c, 0x3a];

function updateWithoutMarkers(hash: Hash, { bytes }: JsonDocument, range: Span): void {
  let position = range.start;
  let at = bytes.indexOf(MARKER, position);
  if (at === -1 || at >= range.end) {
    hash.update(bytes.subarray(position, range.end));
    return;
  }
  const scanner = new JsonScanner(bytes);
  while (at !== -1 && at < range.end) {
    const colon = scanner.gap(at + MARKER.length);
    // The same text may also be a value; only a key is followed by a colon.
    if (bytes[colon] === COLON) {
      const end = scanner.value(scanner.gap(colon + 1), 0);
      const member = withComma(scanner, { start: at, end });
      hash.update(bytes.subarray(position, member.start));
      position = member.end;
    }
    at = bytes.indexOf(MARKER, Math.max(position, at + MARKER.length));
  }
  hash.update(bytes.subarray(position, range.end));
}

/** A member together with the comma that parts it from its neighbour. */
function withComma(scanner: JsonScanner, { start, end }: Span): Span {
  const { bytes } = scanner;
  let before = start - 1;
  while (scanner.gap(before) > before) before--;
  if (bytes[before] === COMMA) return { start: before, end };
  const behind = scanner.gap(end);
  return { start, end: bytes[behind] === COMMA ? behind + 1 : end };
}
