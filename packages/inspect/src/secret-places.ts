/**
 * Says for each secret in a JSON body where it stands and whether it may be replaced there. What the provider has
 * signed or encoded must go back to it as it came, and the name of a member is no content.
 */
import type { JsonDocument } from "./json.ts";
import { JsonPath } from "./json-path.ts";
import {
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COMMA,
  JsonScanner,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from "./json-scanner.ts";
import type { SecretSpan } from "./secret-span.ts";

export interface PlacedSecret extends SecretSpan {
  /** JSON Pointer of its string; of its member, for one in a key. Empty for those beyond `PLACES_MAX`. */
  readonly place: string;
  readonly handling: "replaced" | "kept";
}

/** So many places are spelled out; nobody reads more, and a hostile body could ask for millions. */
export const PLACES_MAX = 1_000;

const THINKING: readonly string[] = ["thinking", "redacted_thinking"];
/** A block of a message: only there does the provider look for its own signatures. */
const BLOCK = ["messages", null, "content", null];
const BASE64 = /^[A-Za-z0-9+/=\s]*$/;

/**
 * Where each of `secrets` stands, which are those of `findSecrets` for the bytes of `document`. Kept are those in
 * - a block of a message whose `type` is `thinking` or `redacted_thinking`: the provider checks its signature;
 * - the `signature` of any block of a message;
 * - the `data` of a `source` whose `type` is `base64`, where it is base64;
 * - the key of a member.
 * A tool's input may look like any of these and is none: there they are replaced.
 */
export function placeSecrets(
  document: JsonDocument,
  secrets: readonly SecretSpan[],
): PlacedSecret[] {
  return new Walk(document, secrets).run();
}

class Walk {
  readonly #bytes: Buffer;
  readonly #start: number;
  readonly #scanner: JsonScanner;
  readonly #secrets: readonly SecretSpan[];
  /** By start of a value: its end, where the document knows it already. */
  readonly #ends: ReadonlyMap<number, number>;
  readonly #path: JsonPath;
  readonly #places: string[] = [];
  readonly #kept: Uint8Array;
  /** Index of the first secret not passed yet. */
  #next = 0;

  constructor(document: JsonDocument, secrets: readonly SecretSpan[]) {
    this.#bytes = document.bytes;
    this.#start = document.root.start;
    this.#scanner = new JsonScanner(document.bytes);
    this.#secrets = secrets;
    this.#ends = knownEnds(document);
    this.#path = new JsonPath(document.bytes);
    this.#kept = new Uint8Array(secrets.length);
  }

  run(): PlacedSecret[] {
    this.#value(this.#start);
    if (this.#next < this.#secrets.length) throw new Error("a secret stands outside every string");
    return this.#secrets.map((secret, index) => ({
      ...secret,
      place: this.#places[index] ?? "",
      handling: this.#kept[index] === 1 ? "kept" : "replaced",
    }));
  }

  /** Passes the value at `at`; returns the offset behind it. */
  #value(at: number): number {
    const known = this.#ends.get(at);
    if (known !== undefined && this.#nextStart() >= known) return known;
    const byte = this.#bytes[at];
    if (byte === OPEN_BRACE) return this.#object(at);
    if (byte === OPEN_BRACKET) return this.#array(at);
    const end = this.#scanner.value(at, 0);
    if (byte === QUOTE) this.#passString(end);
    return end;
  }

  #array(at: number): number {
    let position = this.#scanner.gap(at + 1);
    for (let index = 0; this.#bytes[position] !== CLOSE_BRACKET; index++) {
      this.#path.push(index);
      position = this.#behindComma(this.#value(position));
      this.#path.pop();
    }
    return position + 1;
  }

  #object(at: number): number {
    const first = this.#next;
    const types: string[] = [];
    let position = this.#scanner.gap(at + 1);
    let data: readonly [from: number, to: number] | null = null;
    while (this.#bytes[position] !== CLOSE_BRACE) {
      const start = this.#enterMember(position);
      const before = this.#next;
      const end = this.#value(start);
      if (this.#path.hasKey(0, "type")) types.push(this.#shortText(start, end));
      if (this.#next > before) {
        if (this.#path.is([...BLOCK, "signature"])) this.#keep(before);
        if (this.#isSourceData(start, end)) data = [before, this.#next];
      }
      this.#path.pop();
      position = this.#behindComma(end);
    }
    if (this.#isThinking(types)) this.#keep(first);
    if (data !== null && types.length > 0 && types.every((type) => type === "base64")) {
      this.#kept.fill(1, ...data);
    }
    return position + 1;
  }

  /** Passes the key at `at` and steps into its member; returns where the value starts. */
  #enterMember(at: number): number {
    const end = this.#scanner.string(at);
    const before = this.#next;
    while (this.#nextStart() < end) this.#next++;
    this.#path.push({ start: at, end, secrets: this.#secrets.slice(before, this.#next) });
    this.#keep(before);
    this.#note(before);
    return this.#scanner.memberValue(end);
  }

  #passString(end: number): void {
    const before = this.#next;
    while (this.#nextStart() < end) this.#next++;
    this.#note(before);
  }

  /** Notes the current place for the secrets passed since `from`. */
  #note(from: number): void {
    if (this.#next === from || from >= PLACES_MAX) return;
    const place = this.#path.pointer();
    const to = Math.min(this.#next, PLACES_MAX);
    for (let index = from; index < to; index++) this.#places[index] = place;
  }

  #keep(from: number): void {
    this.#kept.fill(1, from, this.#next);
  }

  #nextStart(): number {
    return this.#secrets[this.#next]?.start ?? Number.POSITIVE_INFINITY;
  }

  #isThinking(types: readonly string[]): boolean {
    const isSo = types.length > 0 && types.every((type) => THINKING.includes(type));
    return isSo && this.#path.is(BLOCK);
  }

  /** Whether the value at a span is the data of a source, and nothing but base64. */
  #isSourceData(start: number, end: number): boolean {
    const isData = this.#path.hasKey(0, "data") && this.#path.hasKey(1, "source");
    if (!isData || this.#bytes[start] !== QUOTE) return false;
    return BASE64.test(String(JSON.parse(this.#bytes.toString("utf8", start, end))));
  }

  #behindComma(at: number): number {
    const position = this.#scanner.gap(at);
    return this.#bytes[position] === COMMA ? this.#scanner.gap(position + 1) : position;
  }

  /** The string at a span; empty for what is no string or longer than any name of a type. */
  #shortText(start: number, end: number): string {
    if (this.#bytes[start] !== QUOTE || end - start > 256) return "";
    return String(JSON.parse(this.#bytes.toString("utf8", start, end)));
  }
}

function knownEnds(document: JsonDocument): Map<number, number> {
  const ends = new Map<number, number>();
  for (const [name, { value }] of document.members) {
    ends.set(value.start, value.end);
    for (const element of document.elements(name) ?? []) ends.set(element.start, element.end);
  }
  return ends;
}
