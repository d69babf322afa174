/** A YAML text with a position in it: lines, indentation, places, and the errors that end reading. */
import { errorAt, type Issue, type Place } from "./issue.ts";

/** Ends the reading of a text: what stands here is not YAML, or not the part of it that policies are written in. */
export class YamlError extends Error {
  readonly issue: Issue;

  constructor(issue: Issue) {
    super(issue.message);
    this.issue = issue;
  }
}

export class YamlText {
  readonly text: string;
  /** Offset of the next character to be read. */
  at = 0;
  readonly #lineStarts: readonly number[];

  constructor(text: string) {
    this.text = text;
    const starts = [0];
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
    this.#lineStarts = starts;
  }

  /** The character at an offset from here; empty past the end. */
  peek(offset = 0): string {
    return this.text[this.at + offset] ?? "";
  }

  /** Column of the position, counted from 0. */
  column(): number {
    return this.at - this.lineStart();
  }

  /** Offset at which the line of the position starts. */
  lineStart(): number {
    return this.#lineStarts[this.#lineIndex(this.at)] ?? 0;
  }

  /** Offset at which the line of the position ends: of its line feed, or of the carriage return before it. */
  lineEnd(): number {
    const feed = this.text.indexOf("\n", this.at);
    const end = feed < 0 ? this.text.length : feed;
    return this.text[end - 1] === "\r" && end - 1 >= this.at ? end - 1 : end;
  }

  /** Moves behind spaces; a tab is refused, since editors show it at different widths. */
  skipSpaces(): void {
    while (this.peek() === " ") this.at += 1;
    if (this.peek() === "\t") this.refuse("yaml_tab", "write spaces instead of a tab");
  }

  /** Moves behind spaces and a comment to the next line; anything else there is refused. */
  endLine(): void {
    const before = this.at;
    this.skipSpaces();
    const isComment = this.peek() === "#" && (this.at > before || this.isBlank(this.at - 1));
    if (this.at < this.lineEnd() && !isComment) {
      this.refuse("yaml_syntax", "this does not belong here");
    }
    this.nextLine();
  }

  /** Moves to the start of the next line, or to the end of the text. */
  nextLine(): void {
    const feed = this.text.indexOf("\n", this.at);
    this.at = feed < 0 ? this.text.length : feed + 1;
  }

  /** Moves to the first character that is no space; the number of lines that hold none. */
  skipEmptyLines(): number {
    for (let lines = 0; ; lines += 1) {
      this.skipSpaces();
      if (this.at < this.lineEnd() || this.at >= this.text.length) return lines;
      this.nextLine();
    }
  }

  /** Moves to the next character that is neither space nor comment; its column, or -1 at the end of the text. */
  nextContent(): number {
    for (;;) {
      this.skipSpaces();
      if (this.at >= this.text.length) return -1;
      if (this.peek() !== "#" && this.at < this.lineEnd()) return this.column();
      this.nextLine();
    }
  }

  /** Whether a separator of documents (`---`) or an end (`...`) stands here. */
  isMarker(): boolean {
    const marker = this.text.slice(this.at, this.at + 3);
    return (marker === "---" || marker === "...") && this.isBlank(this.at + 3);
  }

  /** Whether there is a space, a line end or nothing at this offset. */
  isBlank(at: number): boolean {
    const code = this.text.charCodeAt(at);
    return code === 32 || code === 10 || code === 13 || code === 9 || at >= this.text.length;
  }

  placeOf(start: number, end: number): Place {
    const from = this.#lineIndex(start);
    const to = this.#lineIndex(Math.max(end, start + 1));
    return {
      line: from + 1,
      column: start - (this.#lineStarts[from] ?? 0) + 1,
      endLine: to + 1,
      endColumn: Math.max(end, start + 1) - (this.#lineStarts[to] ?? 0) + 1,
    };
  }

  refuse(code: string, message: string, start = this.at): never {
    throw new YamlError(errorAt(this.placeOf(start, start + 1), code, message));
  }

  /** The line with this offset, counted from 0. */
  #lineIndex(offset: number): number {
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
