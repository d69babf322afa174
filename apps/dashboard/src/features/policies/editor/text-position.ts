/** Lines and columns (from 1, in UTF-16 units) and offsets into one text. */

export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

export interface Stretch extends LineColumn {
  readonly endLine: number;
  /** Exclusive. */
  readonly endColumn: number;
}

/** A text that knows where its lines begin, such as CodeMirror's. */
export interface Lines {
  readonly length: number;
  readonly lines: number;
  line(number: number): { readonly from: number; readonly to: number };
}

/** Kept inside the text, which may have become shorter since. */
export function offsetAt(text: Lines, { line, column }: LineColumn): number {
  if (line > text.lines) return text.length;
  const { from, to } = text.line(Math.max(1, line));
  return Math.min(to, from + Math.max(0, column - 1));
}

/** At least one character where the line has one, so that it can be seen. */
export function rangeOf(text: Lines, place: Stretch): { from: number; to: number } {
  const from = offsetAt(text, place);
  const to = offsetAt(text, { line: place.endLine, column: place.endColumn });
  if (to > from) return { from, to };
  const { from: start, to: end } = text.line(Math.min(text.lines, Math.max(1, place.line)));
  return from < end ? { from, to: from + 1 } : { from: Math.max(start, from - 1), to: from };
}
