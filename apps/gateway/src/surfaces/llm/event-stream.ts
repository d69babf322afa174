/**
 * Cuts a server-sent event stream (WHATWG HTML §9.2) into events, however its bytes are split, in time linear to
 * them. Lines end in LF or CR LF; a lone CR, which the standard also allows, no provider sends.
 */

/** Of an event that is larger nothing is kept; the stream goes on behind it. */
export const EVENT_BYTES_MAX = 1024 * 1024;

export class EventStream {
  /** The line that is not complete yet. */
  #line = "";
  /** The data of the event under way; null while it has none. */
  #data: string | null = null;
  #isInside = false;
  #isTooLarge = false;

  /** Whether the client has half an event by now. */
  get isInsideEvent(): boolean {
    return this.#isInside || this.#line !== "";
  }

  /** Takes the next bytes; `take` gets the data of each event they complete, as Latin-1 text (see `parseData`). */
  push(bytes: Buffer, take: (data: string) => void): void {
    // Latin-1 keeps one character a byte: nothing is decoded that nobody reads.
    const text = bytes.toString("latin1");
    let start = 0;
    for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", start)) {
      this.#takeLine(this.#line + text.slice(start, end), take);
      this.#line = "";
      start = end + 1;
    }
    this.#line += text.slice(start);
    if (this.#line.length > EVENT_BYTES_MAX) this.#skip(this.#line.slice(-1));
  }

  /** How many of the next bytes still belong to the event under way. */
  bytesToEventEnd(bytes: Buffer): number {
    const text = bytes.toString("latin1");
    let line = this.#line;
    let start = 0;
    for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", start)) {
      if (isBlank(line + text.slice(start, end))) return end + 1;
      line = "";
      start = end + 1;
    }
    return bytes.length;
  }

  #takeLine(line: string, take: (data: string) => void): void {
    if (isBlank(line)) {
      const data = this.#data;
      this.#data = null;
      this.#isInside = false;
      this.#isTooLarge = false;
      if (data !== null) take(data);
      return;
    }
    this.#isInside = true;
    if (this.#isTooLarge || !line.startsWith("data:")) return;
    const end = line.endsWith("\r") ? line.length - 1 : line.length;
    const value = line.slice(line[5] === " " ? 6 : 5, end);
    this.#data = this.#data === null ? value : `${this.#data}\n${value}`;
    if (this.#data.length > EVENT_BYTES_MAX) this.#skip("");
  }

  #skip(line: string): void {
    this.#line = line;
    this.#data = null;
    this.#isInside = true;
    this.#isTooLarge = true;
  }
}

function isBlank(line: string): boolean {
  return line === "" || line === "\r";
}

const NOT_ASCII = /[\x80-\xff]/;

/** The JSON that an event's data holds; undefined when it is none. */
export function parseData(data: string): unknown {
  const text = NOT_ASCII.test(data) ? Buffer.from(data, "latin1").toString("utf8") : data;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
