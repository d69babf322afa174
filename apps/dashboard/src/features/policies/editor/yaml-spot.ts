/**
 * Where in a policy's text the cursor stands, told by indentation alone: the text is unfinished while it is written,
 * so that no parser would read it.
 */
import { flowSpot } from "./flow-spot.ts";

export interface Spot {
  /** Keys from the root; `[]` is an item of a list. Of a value its own key comes last. */
  readonly path: readonly string[];
  /** `word`: a key that begins here, or an item that is a text; the schema tells. */
  readonly kind: "word" | "value";
  /** Where the word under the cursor begins. */
  readonly from: number;
  /** From there to the cursor. */
  readonly word: string;
  /** The keys of the map around it with what stands behind them on their line. */
  readonly siblings: ReadonlyMap<string, string>;
}

interface Level {
  readonly column: number;
  /** A key's name; `[]` for an item; empty for the document. */
  readonly name: string;
  /** The keys of the map below. */
  readonly keys: Map<string, string>;
}

const ITEM = "[]";
const KEY = /^(["']?)([\w$.-]+)\1:(?=\s|$)/;
/** Before the cursor: what ends in a colon there may become a verb. */
const WRITTEN_KEY = /^(["']?)([\w$.-]+)\1:(?=\s)/;

/** Undefined where nothing can be said: in a comment, in a block of text, on a marker. */
export function spotAt(text: string, offset: number): Spot | undefined {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  const before = text.slice(lineStart, offset);
  if (/(^|\s)#/.test(withoutQuoted(before)) || before.startsWith("---")) return undefined;
  const levels = new Levels();
  const above = text.slice(documentStart(text, lineStart), lineStart).split("\n").slice(0, -1);
  for (const line of above) levels.read(line);
  if (levels.isInBlock(before)) return undefined;
  const { rest, column, isBlank } = levels.open(before);
  levels.close(column);
  const owner = levels.top();
  const key = WRITTEN_KEY.exec(rest);
  const value = key === null ? rest : rest.slice(key[0].length);
  if (key !== null) levels.add(column, key[2] ?? "", value);
  const path = levels.path();
  levels.readBelow(text, offset, owner);
  const inFlow = flowSpot(value, offset, path);
  if (inFlow !== undefined) return inFlow;
  const word = value.trimStart().replace(/^["']/, "");
  const kind = key === null ? "word" : "value";
  return { path, kind, from: offset - (isBlank ? 0 : word.length), word, siblings: owner.keys };
}

class Levels {
  readonly #stack: Level[] = [{ column: -1, name: "", keys: new Map() }];
  /** Lines indented more than this are a block of text; -1: none is open. */
  #block = -1;

  read(line: string): void {
    if (this.isInBlock(line)) return;
    this.#block = -1;
    if (/^\s*(#|$)/.test(line)) return;
    const { rest, column } = this.open(line);
    const match = KEY.exec(rest);
    if (match === null) return;
    this.close(column);
    const value = rest.slice(match[0].length).trim();
    this.add(column, match[2] ?? "", value);
    if (/^[|>][+-]?\d?\s*(#|$)/.test(value)) this.#block = column;
  }

  isInBlock(line: string): boolean {
    if (this.#block < 0) return false;
    return line.trim() === "" || line.search(/\S/) > this.#block;
  }

  /** Goes through the dashes that a line begins with. */
  open(line: string): { rest: string; column: number; isBlank: boolean } {
    let column = /^ */.exec(line)?.[0].length ?? 0;
    let rest = line.slice(column);
    for (let dash = /^-( +|$)/.exec(rest); dash !== null; dash = /^-( +|$)/.exec(rest)) {
      this.#pop((level) => level.column > column || (level.column === column && isItem(level)));
      this.#stack.push({ column, name: ITEM, keys: new Map() });
      column += dash[0].length;
      rest = rest.slice(dash[0].length);
    }
    return { rest, column, isBlank: rest === "" };
  }

  /** Leaves every map whose keys stand at this column or behind it. */
  close(column: number): void {
    this.#pop((level) => level.column >= column);
  }

  add(column: number, name: string, value: string): void {
    this.close(column);
    this.top().keys.set(name, value.trim());
    this.#stack.push({ column, name, keys: new Map() });
  }

  top(): Level {
    return this.#stack.at(-1) ?? { column: -1, name: "", keys: new Map() };
  }

  path(): string[] {
    return this.#stack.slice(1).map(({ name }) => name);
  }

  /** Reads on below the cursor for as long as the map around it goes on. */
  readBelow(text: string, offset: number, owner: Level): void {
    const end = text.indexOf("\n", offset);
    if (end < 0) return;
    for (const line of text.slice(end + 1).split("\n")) {
      if (line.startsWith("---")) return;
      const indent = line.search(/\S/);
      if (indent >= 0 && indent <= owner.column) return;
      this.read(line);
      if (!this.#stack.includes(owner)) return;
    }
  }

  #pop(isOver: (level: Level) => boolean): void {
    while (this.#stack.length > 1 && isOver(this.top())) this.#stack.pop();
  }
}

function isItem({ name }: Level): boolean {
  return name === ITEM;
}

/** The offset behind the last `---` above. */
function documentStart(text: string, lineStart: number): number {
  const marker = text.lastIndexOf("\n---", lineStart);
  if (marker < 0) return 0;
  const end = text.indexOf("\n", marker + 1);
  return end < 0 || end + 1 > lineStart ? 0 : end + 1;
}

/** The same length, with what stands in quotes blanked. */
function withoutQuoted(line: string): string {
  return line.replaceAll(/"[^"]*"|'[^']*'/g, (quoted) => "_".repeat(quoted.length));
}
