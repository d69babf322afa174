/** Wildcard patterns matched in one pass over a text, whatever the pattern. */

/** In `segments` `*` and `?` stop at `/` and `#`; in `crossing` (AWS) they do not. */
export type Dialect = "segments" | "crossing";

/**
 * A non-deterministic automaton run in parallel on the bits of 32-bit words: state `j` means that `j` consuming
 * tokens have matched; stars are loops on a state. One step per character of the text.
 */
export class Automaton {
  readonly #text: string;
  readonly #isCrossing: boolean;
  #tables: Tables | undefined;

  constructor(text: string, dialect: Dialect) {
    this.#text = text;
    this.#isCrossing = dialect === "crossing";
  }

  /** Whether `text` from `start` to `end` matches as a whole. */
  accepts(text: string, start: number, end: number): boolean {
    this.#tables ??= tablesOf(this.#text, this.#isCrossing);
    const tables = this.#tables;
    if (tables.acceptsAll) return true;
    const states = new Uint32Array(tables.words);
    states[0] = 1;
    for (let at = start; at < end; ) {
      const character = text.codePointAt(at) ?? 0;
      at += character > 0xffff ? 2 : 1;
      if (!step(tables, states, character)) return false;
    }
    return hasBit(states, tables.length);
  }
}

interface Tables {
  /** Number of consuming tokens; the last state. */
  readonly length: number;
  readonly words: number;
  readonly isCrossing: boolean;
  readonly acceptsAll: boolean;
  /** The distinct literal characters. */
  readonly characters: readonly number[];
  /** Per literal character `words` words: the states whose next token consumes it. */
  readonly literal: Uint32Array;
  /** States whose next token is `?`. */
  readonly any: Uint32Array;
  /** States with a star. */
  readonly loop: Uint32Array;
  /** States with a star that crosses separators. */
  readonly crossingLoop: Uint32Array;
}

function tablesOf(text: string, isCrossing: boolean): Tables {
  const tokens = text.match(/\*+|[^*]/gu) ?? [];
  const consuming = tokens.filter((token) => !token.startsWith("*"));
  const words = Math.floor(consuming.length / 32) + 1;
  const characters = [...new Set(consuming.filter((token) => token !== "?").map(codeOf))];
  const literal = new Uint32Array(words * characters.length);
  const any = new Uint32Array(words);
  const loop = new Uint32Array(words);
  const crossingLoop = new Uint32Array(words);
  let state = 0;
  for (const token of tokens) {
    if (token.startsWith("*")) {
      setBit(loop, state);
      if (isCrossing || token.length > 1) setBit(crossingLoop, state);
      continue;
    }
    if (token === "?") setBit(any, state);
    else setBit(literal.subarray(words * characters.indexOf(codeOf(token))), state);
    state += 1;
  }
  const acceptsAll = consuming.length === 0 && crossingLoop[0] === 1;
  const { length } = consuming;
  return { length, words, isCrossing, acceptsAll, characters, literal, any, loop, crossingLoop };
}

/** Moves all states over one character; whether any is left. */
function step(tables: Tables, states: Uint32Array, character: number): boolean {
  const { words, literal, any, characters } = tables;
  const isSeparator = !tables.isCrossing && (character === SLASH || character === HASH);
  const loop = isSeparator ? tables.crossingLoop : tables.loop;
  const row = characters.indexOf(character);
  let carry = 0;
  let alive = 0;
  for (let word = 0; word < words; word += 1) {
    const before = states[word] ?? 0;
    const consumedAsLiteral = row < 0 ? 0 : (literal[row * words + word] ?? 0);
    const consumedAsAny = isSeparator ? 0 : (any[word] ?? 0);
    const moving = before & (consumedAsLiteral | consumedAsAny);
    const after = (moving << 1) | carry | (before & (loop[word] ?? 0));
    carry = moving >>> 31;
    states[word] = after;
    alive |= after;
  }
  return alive !== 0;
}

const SLASH = 47;
const HASH = 35;

function codeOf(token: string): number {
  return token.codePointAt(0) ?? 0;
}

function setBit(words: Uint32Array, bit: number): void {
  const word = bit >>> 5;
  words[word] = (words[word] ?? 0) | (1 << (bit & 31));
}

function hasBit(words: Uint32Array, bit: number): boolean {
  return ((words[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0;
}
