/** Refuses, in one linear look at the text, what would cost much to parse or would not mean what it shows. */
import { errorAt, type Issue, type Place } from "./issue.ts";

/** Longest text of a policy, in UTF-8 bytes. */
export const BYTES_MAX = 256 * 1024;
const UTF8 = new TextEncoder();
/** Most lines and list separators together; each may begin a value, and every value costs time. */
const PARTS_MAX = 12_000;
/** Most nested brackets, or list and key markers on one line. */
const NESTING_MAX = 32;

/** The first reason why the text is too big or too deep to be parsed in reasonable time. */
export function sizeProblem(text: string): Issue | undefined {
  if (text.length > BYTES_MAX || UTF8.encode(text).length > BYTES_MAX) {
    return errorAt(placeOf(text, BYTES_MAX), "too_long", "a policy is at most 256 KB of text");
  }
  let nesting = 0;
  let markers = 0;
  let parts = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === NEW_LINE || code === COMMA) {
      parts += 1;
      if (code === NEW_LINE) markers = 0;
    } else if (code === OPEN_LIST || code === OPEN_MAP) nesting += 1;
    else if (code === CLOSE_LIST || code === CLOSE_MAP) nesting = Math.max(0, nesting - 1);
    else if ((code === DASH || code === QUESTION) && isSpace(text.charCodeAt(at + 1))) markers += 1;
    if (nesting > NESTING_MAX || markers > NESTING_MAX) {
      return errorAt(placeOf(text, at), "too_deep", `nested deeper than ${NESTING_MAX} levels`);
    }
    if (parts > PARTS_MAX) {
      return errorAt(placeOf(text, at), "too_many_values", `more than ${PARTS_MAX} values`);
    }
  }
  return undefined;
}

/**
 * The first character that is invisible, reorders text or is not a character at all: such text would not mean
 * what its reader sees (Unicode Technical Report 36, "Trojan Source").
 */
export function hiddenCharacter(text: string): Issue | undefined {
  const at = text.search(HIDDEN);
  if (at < 0) return undefined;
  const code = (text.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return errorAt(placeOf(text, at), "hidden_character", `the invisible character U+${code}`);
}

/** Controls (but tab and line ends; a carriage return only before a line feed), formats, lone surrogates, unassigned, and spaces that are not the space. */
const HIDDEN =
  /[^\P{C}\t\n\r]|\r(?!\n)|[^\P{Z} ]|[\u115F\u1160\u3164\uFFA0]|\u034F|[\u{E0100}-\u{E01EF}]/u;

const NEW_LINE = 10;
const COMMA = 44;
const DASH = 45;
const QUESTION = 63;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_MAP = 123;
const CLOSE_MAP = 125;

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === NEW_LINE || code === 13 || Number.isNaN(code);
}

function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  const column = offset - before.lastIndexOf("\n");
  return { line, column, endLine: line, endColumn: column + 1 };
}
