/**
 * What the record keeps of a conversation: agents send all of it again with every call, the payload holds what is
 * new. Read in order, a session's payloads give every request back.
 */
import { createHash } from "node:crypto";
import type { JsonDocument, Span } from "@yolo/inspect/json";
import type { Inspected } from "../../pipeline/inspect.ts";
import type { Captured, CaptureMark } from "../surface.ts";

/** Clients move their cache markers along the last messages, so that these change without being new. */
const UNSETTLED_TURNS = 2;

const NOTHING: Captured = { bytes: new Uint8Array(), mark: null };

/**
 * `{ "v": 1, "from": n, "messages": [those from the n-th on], "rest": { every other member } }`; `rest` is left out
 * while it is what the call before had. `from` is 0 when nothing is known of the session, or its past was changed.
 */
export function newTurns(body: Inspected, last: CaptureMark | null): Captured {
  const { document, bytes } = body;
  const messages = document?.elements("messages");
  if (document === null || messages === undefined) return NOTHING;
  const rest = restOf(document);
  const restHash = createHash("sha256").update(rest).digest("base64");
  const from =
    last !== null &&
    last.turns <= messages.length &&
    prefixHash(bytes, messages, last.turns) === last.prefixHash
      ? last.turns
      : 0;
  const turns = Math.max(0, messages.length - UNSETTLED_TURNS);
  return {
    bytes: Buffer.concat([
      Buffer.from(`{"v":1,"from":${from},`),
      ...(restHash === last?.restHash ? [] : [REST_KEY, rest, COMMA]),
      MESSAGES_KEY,
      sliceOf(bytes, messages.slice(from)),
      END,
    ]),
    mark: { turns, prefixHash: prefixHash(bytes, messages, turns), restHash },
  };
}

const REST_KEY = Buffer.from('"rest":');
const MESSAGES_KEY = Buffer.from('"messages":[');
const COMMA = Buffer.from(",");
const END = Buffer.from("]}");

function prefixHash(bytes: Buffer, messages: readonly Span[], turns: number): string {
  return createHash("sha256")
    .update(sliceOf(bytes, messages.slice(0, turns)))
    .digest("base64");
}

/** From the first to the last of the elements, with the commas between them. */
function sliceOf(bytes: Buffer, elements: readonly Span[]): Buffer {
  return bytes.subarray(elements[0]?.start ?? 0, elements.at(-1)?.end ?? 0);
}

function restOf(document: JsonDocument): Buffer {
  const parts: Buffer[] = [];
  for (const [name, { key, value }] of document.members) {
    if (name !== "messages") parts.push(document.bytes.subarray(key.start, value.end));
  }
  const text = parts.flatMap((part, at) => (at === 0 ? [part] : [COMMA, part]));
  return Buffer.concat([Buffer.from("{"), ...text, Buffer.from("}")]);
}
