/** Content that a request only names by its address: the provider fetches it, from wherever that is. */
import type { Action } from "@yolo/core/action";
import type { JsonDocument, Members, Span } from "@yolo/inspect/json";
import { readAddress } from "./provider-actions.ts";
import { list, malformed } from "./request-body.ts";

/** More in one request is no conversation: Anthropic takes at most 600 images. */
const MAX_ADDRESSES = 1_000;

/**
 * `llm:fetch_url` on `<host><path>` for each address that a block of the system text or the messages has as its
 * `source` of type `url` (Anthropic Messages API: image and document blocks, also inside tool results), each once.
 * Throws `malformed_request`, also where an object on the way to a source has a key twice.
 */
export function urlSources(document: JsonDocument): readonly Action[] {
  const actions = new Map<string, Action>();
  // One look at everything is quicker than one at each message, and nearly always enough.
  if (!mayNameAddress(document, document.root)) return [];
  const messages = (list(document, "messages") ?? [])
    .filter((message) => mayNameAddress(document, message))
    .map((message) => contentOf(document, message));
  for (const content of [document.members.get("system")?.value, ...messages]) {
    for (const address of addressesIn(document, content)) {
      const { resource, url } = readAddress(address, "The url of a source");
      const args = { url };
      actions.set(url, { verb: "llm:fetch_url", resource, args, facts: {} });
      if (actions.size > MAX_ADDRESSES) throw malformed("The messages name too many addresses.");
    }
  }
  return [...actions.values()];
}

/** The end of the word "url": looked for by its rarest letter. */
const WORD_END = Buffer.from('url"');
/** What an escape of one of its letters begins with, and how it may go on: u, r, l. */
const ESCAPE = Buffer.from("\\u00");
const ESCAPED_LETTER = /^(?:7[25]|6[cC])$/;
const QUOTE = 0x22;

/** Whether the word can stand in these bytes at all, plainly or by escapes; nearly always it does not. */
function mayNameAddress({ bytes }: JsonDocument, { start, end }: Span): boolean {
  const part = bytes.subarray(start, end);
  for (let at = part.indexOf(WORD_END); at !== -1; at = part.indexOf(WORD_END, at + 1)) {
    if (part[at - 1] === QUOTE) return true;
  }
  for (let at = part.indexOf(ESCAPE); at !== -1; at = part.indexOf(ESCAPE, at + 1)) {
    const from = at + ESCAPE.length;
    if (ESCAPED_LETTER.test(part.toString("latin1", from, from + 2))) return true;
  }
  return false;
}

function* addressesIn(document: JsonDocument, content: Span | undefined): Generator<string> {
  if (content === undefined) return;
  // No list where the API wants one may still be read as a list of one.
  const isList = document.kindOf(content) === "array";
  for (const block of isList ? document.elementsOf(content) : [content]) {
    if (document.kindOf(block) !== "object" || !mayNameAddress(document, block)) continue;
    const members = document.membersOf(block);
    // A tool result holds blocks of its own.
    yield* addressesIn(document, members.get("content")?.value);
    const source = members.get("source")?.value;
    if (source === undefined || document.kindOf(source) !== "object") continue;
    const parts = document.membersOf(source);
    if (textOf(document, parts, "type") === "url") yield textOf(document, parts, "url") ?? "";
    // A document may be made of blocks.
    yield* addressesIn(document, parts.get("content")?.value);
  }
}

function contentOf(document: JsonDocument, message: Span): Span | undefined {
  if (document.kindOf(message) !== "object") return undefined;
  return document.membersOf(message).get("content")?.value;
}

function textOf(document: JsonDocument, members: Members, name: string): string | undefined {
  const span = members.get(name)?.value;
  if (span === undefined || document.kindOf(span) !== "string") return undefined;
  return String(document.parse(span));
}
