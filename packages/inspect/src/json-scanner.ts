/**
 * Moves over JSON bytes (RFC 8259) value by value and refuses the first byte that does not belong. Builds nothing.
 * The bytes must be valid UTF-8 already; `readJson` sees to that.
 */
import { malformed } from "./malformed-json.ts";

/** Containers may stand this deep in one another; the outermost counts as 1. */
export const MAX_DEPTH = 64;

export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_BRACKET = 0x5b;
export const CLOSE_BRACKET = 0x5d;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;
const ZERO = 0x30;

const [PLAIN, ENDS_PLAIN] = [0, 1];
const STRING_BYTES = new Uint8Array(256).fill(PLAIN);
STRING_BYTES.fill(ENDS_PLAIN, 0, 0x20);
STRING_BYTES[QUOTE] = ENDS_PLAIN;
STRING_BYTES[BACKSLASH] = ENDS_PLAIN;

const HEX = table("0123456789abcdefABCDEF");
const SIMPLE_ESCAPES = table('"\\/bfnrt');
const LITERALS = new Map(
  ["true", "false", "null"].map((literal) => [literal.charCodeAt(0), Buffer.from(literal)]),
);

export class JsonScanner {
  readonly bytes: Buffer;
  readonly end: number;
  readonly #words: DataView;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
    this.end = bytes.length;
    this.#words = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** The first offset from `at` that is no whitespace; the end when there is none. */
  gap(at: number): number {
    const { bytes, end } = this;
    let position = at;
    while (position < end) {
      const byte = bytes[position];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break;
      position++;
    }
    return position;
  }

  /** The offset behind the value that starts at `at`, which stands inside `depth` containers. */
  value(at: number, depth: number): number {
    const byte = this.bytes[at];
    if (byte === QUOTE) return this.string(at);
    if (byte === OPEN_BRACE) return this.#object(at, depth + 1);
    if (byte === OPEN_BRACKET) return this.#array(at, depth + 1);
    if (byte === 0x2d || isDigit(byte)) return this.#number(at);
    return this.#literal(at);
  }

  /** The offset behind the closing quote of the string that opens at `at`. */
  string(at: number): number {
    const { bytes, end } = this;
    let position = at + 1;
    for (;;) {
      position = this.#plainRun(position);
      if (position >= end) throw malformed(bytes, at, "a string is not closed");
      const byte = bytes[position];
      if (byte === QUOTE) return position + 1;
      if (byte !== BACKSLASH) {
        throw malformed(bytes, position, "a control character stands unescaped in a string");
      }
      position = this.#escape(position);
    }
  }

  /** The offset behind `byte` when it stands at `at` or after whitespace; throws what is `wanted` otherwise. */
  expect(byte: number, at: number, wanted: string): number {
    const position = this.gap(at);
    if (this.bytes[position] !== byte)
      throw malformed(this.bytes, position, `${wanted} is missing`);
    return position + 1;
  }

  /** Throws when a container at `at` would stand deeper than allowed. */
  checkDepth(at: number, depth: number): void {
    if (depth > MAX_DEPTH) {
      throw malformed(this.bytes, at, `it is nested deeper than ${MAX_DEPTH} levels`);
    }
  }

  #object(at: number, depth: number): number {
    this.checkDepth(at, depth);
    let position = this.gap(at + 1);
    if (this.bytes[position] === CLOSE_BRACE) return position + 1;
    for (;;) {
      position = this.memberValue(this.key(position));
      position = this.gap(this.value(position, depth));
      const byte = this.bytes[position];
      if (byte === CLOSE_BRACE) return position + 1;
      if (byte !== COMMA) throw malformed(this.bytes, position, "a comma or } is missing");
      position = this.gap(position + 1);
    }
  }

  /** The offset behind the object key that must open at `at`. */
  key(at: number): number {
    if (this.bytes[at] !== QUOTE) throw malformed(this.bytes, at, "a key in quotes is missing");
    return this.string(at);
  }

  /** From behind a key to the start of its value. */
  memberValue(at: number): number {
    return this.gap(this.expect(COLON, at, "a colon after a key"));
  }

  #array(at: number, depth: number): number {
    this.checkDepth(at, depth);
    let position = this.gap(at + 1);
    if (this.bytes[position] === CLOSE_BRACKET) return position + 1;
    for (;;) {
      position = this.gap(this.value(position, depth));
      const byte = this.bytes[position];
      if (byte === CLOSE_BRACKET) return position + 1;
      if (byte !== COMMA) throw malformed(this.bytes, position, "a comma or ] is missing");
      position = this.gap(position + 1);
    }
  }

  /**
   * The first offset from `at` that holds a quote, a backslash or a control character. Four bytes at a time: a byte
   * minus 0x21 borrows its high bit when the byte, its bit 1 flipped, was a quote or lower; likewise for the backslash.
   */
  #plainRun(at: number): number {
    const words = this.#words;
    const lastWord = this.end - 4;
    let position = at;
    while (position <= lastWord) {
      const word = words.getInt32(position, true);
      const low = (word ^ 0x02020202) - 0x21212121;
      const backslash = (word ^ 0x5c5c5c5c) - 0x01010101;
      const found = (low | backslash) & ~word & 0x80808080;
      if (found !== 0) return position + ((31 - Math.clz32(found & -found)) >> 3);
      position += 4;
    }
    while (position < this.end && STRING_BYTES[this.bytes[position] ?? 0] === PLAIN) position++;
    return position;
  }

  #escape(at: number): number {
    const { bytes } = this;
    const kind = bytes[at + 1] ?? 0;
    if (SIMPLE_ESCAPES[kind] === 1) return at + 2;
    if (kind !== 0x75) throw malformed(bytes, at, "a string holds an unknown escape");
    for (let digit = at + 2; digit < at + 6; digit++) {
      if (HEX[bytes[digit] ?? 0] !== 1) throw malformed(bytes, at, "\\u needs four hex digits");
    }
    return at + 6;
  }

  #number(at: number): number {
    const { bytes } = this;
    let position = bytes[at] === 0x2d ? at + 1 : at;
    position = bytes[position] === ZERO ? position + 1 : this.#digits(position);
    if (bytes[position] === 0x2e) position = this.#digits(position + 1);
    if (bytes[position] === 0x65 || bytes[position] === 0x45) {
      const sign = bytes[position + 1];
      position = this.#digits(sign === 0x2b || sign === 0x2d ? position + 2 : position + 1);
    }
    if (isDigit(bytes[position])) throw malformed(bytes, at, "a number starts with 0");
    return position;
  }

  #digits(at: number): number {
    let position = at;
    while (isDigit(this.bytes[position])) position++;
    if (position === at) throw malformed(this.bytes, at, "a digit is missing in a number");
    return position;
  }

  #literal(at: number): number {
    const literal = LITERALS.get(this.bytes[at] ?? 0);
    if (at >= this.end) throw malformed(this.bytes, at, "it ends where a value is expected");
    if (
      literal === undefined ||
      this.bytes.compare(
        literal,
        0,
        literal.length,
        at,
        Math.min(at + literal.length, this.end),
      ) !== 0
    ) {
      throw malformed(this.bytes, at, "this is no value");
    }
    return at + literal.length;
  }
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= 0x39;
}

function table(characters: string): Uint8Array {
  const bytes = new Uint8Array(256);
  for (const byte of Buffer.from(characters)) bytes[byte] = 1;
  return bytes;
}
