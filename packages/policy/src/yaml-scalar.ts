/** Texts and values of YAML: plain (core schema, YAML 1.2 §10.3), quoted (§7.3), and blocks of lines (§8.1). */
import type { YamlText } from "./yaml-text.ts";

export type ScalarValue = string | number | boolean | null;

const WORDS: ReadonlyMap<string, ScalarValue> = new Map([
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null] as const),
  ...["true", "True", "TRUE"].map((word) => [word, true] as const),
  ...["false", "False", "FALSE"].map((word) => [word, false] as const),
]);
const INTEGER = /^[-+]?[0-9]+$/;
const BASED = /^0(?:o[0-7]+|x[0-9a-fA-F]+)$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const NOT_FINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;

/** What a plain scalar means; `undefined` for a number that is none to calculate with. */
export function plainScalar(text: string): ScalarValue | undefined {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (!/^[-+.0-9]/.test(text)) return text;
  if (NOT_FINITE.test(text)) return undefined;
  if (!INTEGER.test(text) && !BASED.test(text) && !FLOAT.test(text)) return text;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** Reads a quoted text, which ends on its line; leaves the position behind it. */
export function quotedText(source: YamlText): string {
  const start = source.at;
  const isDouble = source.peek() === '"';
  const end = source.lineEnd();
  let text = "";
  source.at += 1;
  while (source.at < end) {
    const character = source.peek();
    if (isDouble && character === "\\") {
      text += escapedCharacter(source);
    } else if (character !== (isDouble ? '"' : "'")) {
      text += character;
      source.at += 1;
    } else if (!isDouble && source.peek(1) === "'") {
      text += "'";
      source.at += 2;
    } else {
      source.at += 1;
      return text;
    }
  }
  return source.refuse("yaml_quote", "this text in quotes does not end on its line", start);
}

const ESCAPES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ "0": "\0", a: "\x07", b: "\b", t: "\t", n: "\n", v: "\v", f: "\f", r: "\r", e: "\x1b" },
    ...{ " ": " ", '"': '"', "/": "/", "\\": "\\", N: "\x85", _: "\xa0", L: "\u2028", P: "\u2029" },
  }),
);
const HEX_LENGTHS: ReadonlyMap<string, number> = new Map([
  ["x", 2],
  ["u", 4],
  ["U", 8],
]);

function escapedCharacter(source: YamlText): string {
  const letter = source.peek(1);
  const simple = ESCAPES.get(letter);
  if (simple !== undefined) {
    source.at += 2;
    return simple;
  }
  const length = HEX_LENGTHS.get(letter) ?? 0;
  const digits = source.text.slice(source.at + 2, source.at + 2 + length);
  const code = Number.parseInt(digits, 16);
  const isHex = length > 0 && digits.length === length && /^[0-9a-fA-F]+$/.test(digits);
  if (!isHex || code > 0x10ffff) return source.refuse("yaml_escape", "unknown escape in quotes");
  source.at += 2 + length;
  return String.fromCodePoint(code);
}

/**
 * Reads a block of lines (`|` keeps them, `>` folds them into one), indented more than `parent`; leaves the position
 * at the line behind it. `-` drops the last line's end.
 */
export function blockText(source: YamlText, parent: number): string {
  const isFolded = source.peek() === ">";
  source.at += 1;
  const isStripped = source.peek() === "-";
  if (isStripped) source.at += 1;
  if (/[+0-9]/.test(source.peek())) {
    source.refuse("yaml_syntax", "only `-` may follow `|` or `>` here");
  }
  source.endLine();
  const lines = blockLines(source, parent, isFolded);
  while (lines.at(-1) === "") lines.pop();
  const text = isFolded ? folded(lines) : lines.join("\n");
  return isStripped || lines.length === 0 ? text : `${text}\n`;
}

/** The lines without their common indentation. */
function blockLines(source: YamlText, parent: number, isFolded: boolean): string[] {
  const lines: string[] = [];
  let indent: number | undefined;
  while (source.at < source.text.length) {
    const line = source.text.slice(source.at, source.lineEnd());
    const depth = line.search(/[^ ]/);
    if (depth < 0) {
      if (indent === undefined ? line.length > parent + 1 : line.length > indent) {
        source.refuse("yaml_indent", "a line of spaces longer than the block's indentation");
      }
      lines.push("");
    } else {
      if (depth <= parent || (depth === 0 && source.isMarker())) break;
      indent ??= depth;
      if (depth < indent) source.refuse("yaml_indent", "indented less than the lines above");
      if (isFolded && (depth > indent || line[depth] === "\t")) {
        source.refuse("yaml_indent", "indented more than the lines above; write `|` to keep lines");
      }
      lines.push(line.slice(indent));
    }
    source.nextLine();
  }
  return lines;
}

/** Lines as one: a line end is a space, an empty line a line end. */
export function folded(lines: readonly string[]): string {
  let text = "";
  let isFirst = true;
  let empty = 0;
  for (const line of lines) {
    if (line === "") {
      empty += 1;
      continue;
    }
    if (empty > 0) text += "\n".repeat(empty);
    else if (!isFirst) text += " ";
    text += line;
    isFirst = false;
    empty = 0;
  }
  return text;
}
