/** Cuts a server-sent event stream (WHATWG HTML §9.2) into events, however the bytes are split. */

/** A stream whose single event is larger than this is not one we read. */
const EVENT_BYTES_MAX = 1024 * 1024;

export interface EventStream {
  /** The `data` of each event that these bytes complete: bytes as Latin-1 text (see `readData`). */
  push(bytes: Buffer): string[];
  /** Whether the last event is still incomplete. */
  isInsideEvent(): boolean;
}

export function createEventStream(): EventStream {
  let rest = "";
  let skipping = false;
  return {
    push(bytes) {
      // Latin-1 keeps one character a byte: nothing is decoded that nobody reads.
      const text = rest + bytes.toString("latin1");
      const events: string[] = [];
      let start = 0;
      for (let end = eventEnd(text, start); end > 0; end = eventEnd(text, start)) {
        const data = skipping ? "" : dataOf(text.slice(start, end));
        skipping = false;
        if (data !== "") events.push(data);
        start = end;
      }
      rest = text.slice(start);
      if (rest.length > EVENT_BYTES_MAX) {
        // Keep just enough to see the end of it.
        rest = rest.slice(-3);
        skipping = true;
      }
      return events;
    },
    isInsideEvent: () => skipping || rest !== "",
  };
}

/** How many of these bytes complete the event that is under way; 0 when they do not. */
export function bytesToEventEnd(bytes: Buffer): number {
  return Math.max(0, eventEnd(bytes.toString("latin1"), 0));
}

/** Turns an event's data back into text. */
export function readData(data: string): string {
  return Buffer.from(data, "latin1").toString("utf8");
}

/** Behind the blank line that ends the event beginning at `start`; -1 when it is not there yet. */
function eventEnd(text: string, start: number): number {
  const plain = text.indexOf("\n\n", start);
  const windows = text.indexOf("\r\n\r\n", start);
  if (windows >= 0 && (plain < 0 || windows < plain)) return windows + 4;
  return plain < 0 ? -1 : plain + 2;
}

function dataOf(event: string): string {
  let data = "";
  for (let at = 0; at < event.length; ) {
    const newline = event.indexOf("\n", at);
    const end = newline < 0 ? event.length : newline;
    if (event.startsWith("data:", at)) {
      const line = event.slice(event[at + 5] === " " ? at + 6 : at + 5, end).replace(/\r$/, "");
      data = data === "" ? line : `${data}\n${line}`;
    }
    at = end + 1;
  }
  return data;
}
