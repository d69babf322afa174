/**
 * Reads a JSON body once, strictly, and says where things stand in it instead of building a tree, so that what we
 * judge is exactly what the upstream will parse and the bytes can pass unchanged.
 */
import { isUtf8 } from "node:buffer";
import type { Json } from "@yolo/core/action";
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  JsonScanner,
  OPEN_BRACE,
  OPEN_BRACKET,
} from "./json-scanner.ts";
import { malformed } from "./malformed-json.ts";

/** Byte offsets: `start` of the first byte, `end` behind the last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Member {
  /** The key, quotes included. */
  readonly key: Span;
  readonly value: Span;
}

export type Members = ReadonlyMap<string, Member>;

export type JsonKind = "object" | "array" | "string" | "number" | "boolean" | "null";

/** No honest object holds more members where we read them one by one; each costs memory. */
export const MAX_MEMBERS = 1_024;
/** The most elements of a watched array; Anthropic's own limit for messages. */
export const MAX_ELEMENTS = 100_000;

const NO_NAMES: ReadonlySet<string> = new Set();

/** A body that is known to be strict JSON. Spans of one document mean nothing in another. */
export class JsonDocument {
  readonly bytes: Buffer;
  /** The root value, without the whitespace around it. */
  readonly root: Span;
  /** Top-level members by decoded key, in order; empty unless the root is an object. */
  readonly members: Members;
  readonly #elements: ReadonlyMap<string, readonly Span[]>;

  constructor(bytes: Buffer, root: ObjectParts & Span) {
    this.bytes = bytes;
    this.root = { start: root.start, end: root.end };
    this.members = root.members;
    this.#elements = root.elements;
  }

  get kind(): JsonKind {
    return this.kindOf(this.root);
  }

  kindOf(span: Span): JsonKind {
    return KINDS[String.fromCharCode(this.bytes[span.start] ?? 0)] ?? "number";
  }

  /** The elements of a top-level array that `readJson` was asked to watch; undefined when it is absent or no array. */
  elements(name: string): readonly Span[] | undefined {
    return this.#elements.get(name);
  }

  /** `JSON.parse` of just that slice. */
  parse(span: Span): Json {
    return parseSlice(this.bytes, span);
  }

  /** The elements of the array at a span. */
  elementsOf(span: Span): readonly Span[] {
    return readArray(new JsonScanner(this.bytes), span.start, 1).elements;
  }

  /** The members of the object at a span. Throws `malformed_request` when a key stands in it twice. */
  membersOf(span: Span): Members {
    return readObject(new JsonScanner(this.bytes), span.start, NO_NAMES).members;
  }
}

/**
 * Checks a whole body in one pass: UTF-8 without a byte order mark, RFC 8259, at most 64 levels deep, no key twice at
 * the top level however it is spelled. Lone surrogate escapes pass, as they do in `JSON.parse`.
 * `watch` names the top-level arrays whose elements are wanted. Throws `malformed_request`.
 */
export function readJson(bytes: Buffer, watch: readonly string[] = []): JsonDocument {
  checkEncoding(bytes);
  const scanner = new JsonScanner(bytes);
  const start = scanner.gap(0);
  const root =
    bytes[start] === OPEN_BRACE
      ? readObject(scanner, start, new Set(watch))
      : { members: new Map(), elements: new Map(), end: scanner.value(start, 0) };
  const rest = scanner.gap(root.end);
  if (rest < bytes.length) throw malformed(bytes, rest, "something follows the value");
  return new JsonDocument(bytes, { ...root, start });
}

const KINDS: Readonly<Record<string, JsonKind>> = {
  "{": "object",
  "[": "array",
  '"': "string",
  t: "boolean",
  f: "boolean",
  n: "null",
};

interface ObjectParts {
  readonly members: Members;
  /** Element spans of the watched members that are arrays. */
  readonly elements: ReadonlyMap<string, readonly Span[]>;
  /** Behind the closing brace. */
  readonly end: number;
}

function readObject(scanner: JsonScanner, at: number, watch: ReadonlySet<string>): ObjectParts {
  const { bytes } = scanner;
  const members = new Map<string, Member>();
  const elements = new Map<string, readonly Span[]>();
  let position = scanner.gap(at + 1);
  if (bytes[position] === CLOSE_BRACE) return { members, elements, end: position + 1 };
  for (;;) {
    const key = { start: position, end: scanner.key(position) };
    const name = readString(bytes, key);
    if (members.has(name)) throw malformed(bytes, key.start, `${nameOf(name)} stands in it twice`);
    if (members.size === MAX_MEMBERS) throw malformed(bytes, key.start, "it has too many members");
    const start = scanner.memberValue(key.end);
    let end: number;
    if (watch.has(name) && bytes[start] === OPEN_BRACKET) {
      const list = readArray(scanner, start, 2);
      elements.set(name, list.elements);
      end = list.end;
    } else {
      end = scanner.value(start, 1);
    }
    members.set(name, { key, value: { start, end } });
    position = scanner.gap(end);
    if (bytes[position] === CLOSE_BRACE) return { members, elements, end: position + 1 };
    if (bytes[position] !== COMMA) throw malformed(bytes, position, "a comma or } is missing");
    position = scanner.gap(position + 1);
  }
}

interface ArrayParts {
  readonly elements: readonly Span[];
  /** Behind the closing bracket. */
  readonly end: number;
}

/** `depth` counts the containers that the elements stand in. */
function readArray(scanner: JsonScanner, at: number, depth: number): ArrayParts {
  const { bytes } = scanner;
  const elements: Span[] = [];
  let position = scanner.gap(at + 1);
  if (bytes[position] === CLOSE_BRACKET) return { elements, end: position + 1 };
  for (;;) {
    if (elements.length === MAX_ELEMENTS) throw malformed(bytes, position, "a list is too long");
    const end = scanner.value(position, depth);
    elements.push({ start: position, end });
    position = scanner.gap(end);
    if (bytes[position] === CLOSE_BRACKET) return { elements, end: position + 1 };
    if (bytes[position] !== COMMA) throw malformed(bytes, position, "a comma or ] is missing");
    position = scanner.gap(position + 1);
  }
}

/** The text of a JSON string, escapes decoded. */
function readString(bytes: Buffer, span: Span): string {
  const text = bytes.toString("utf8", span.start + 1, span.end - 1);
  return text.includes("\\") ? String(parseSlice(bytes, span)) : text;
}

function parseSlice(bytes: Buffer, span: Span): Json {
  const value: Json = JSON.parse(bytes.toString("utf8", span.start, span.end));
  return value;
}

/** Only what reads like a field's name is repeated in an error: a key may hold anything. */
function nameOf(key: string): string {
  return /^[a-z_]{1,32}$/.test(key) ? `the key "${key}"` : "a key";
}

function checkEncoding(bytes: Buffer): void {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    throw malformed(bytes, 0, "it starts with a byte order mark");
  }
  if (!isUtf8(bytes)) throw malformed(bytes, firstInvalid(bytes), "it is not UTF-8");
}

/** Offset of the first character that is not UTF-8, by halving: a prefix that ends between characters is valid or not. */
function firstInvalid(bytes: Buffer): number {
  let valid = 0;
  let invalid = bytes.length;
  while (invalid - valid > 8) {
    let middle = (valid + invalid) >> 1;
    const least = middle - 3;
    while (middle > least && isContinuation(bytes[middle])) middle--;
    if (isUtf8(bytes.subarray(valid, middle))) valid = middle;
    else invalid = middle;
  }
  for (;;) {
    const length = [1, 2, 3, 4].find((size) => isUtf8(bytes.subarray(valid, valid + size)));
    if (length === undefined || valid === bytes.length) return valid;
    valid += length;
  }
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
