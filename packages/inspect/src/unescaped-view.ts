/**
 * A stretch of JSON bytes as the text that stands behind its escapes, at every depth of JSON within JSON, with the way
 * back to the bytes: secrets are searched in the text and replaced in the bytes.
 */

export interface UnescapedView {
  /** One character per unit; what is not Latin-1 shows as U+0080, which no secret contains. */
  readonly text: string;
  /** `offsets[i]` is where unit `i` starts in the bytes; one more entry for the end of the last unit. */
  readonly offsets: Int32Array;
}

const BACKSLASH = 0x5c;
const OUTSIDE = 0x80;
const FOUR_HEX = /^[0-9A-Fa-f]{4}$/;

const CONTROLS: Readonly<Record<number, number>> = { 98: 8, 102: 12, 110: 10, 114: 13, 116: 9 };

/**
 * The view of `bytes[from, to)`. Every unit spans whole escapes of the outermost JSON, so replacing any run of units
 * by other text leaves valid JSON. `from` is moved on when it stands inside an escape.
 *
 * A run of n backslashes in JSON that is nested ever deeper holds literal backslashes and, last, one escape whose
 * depth is the number of times n can be halved: of n, the lowest set bit belongs to the escape.
 */
export function unescapedView(bytes: Buffer, from: number, to: number): UnescapedView {
  const end = Math.min(to, bytes.length);
  const start = unitStart(bytes, from);
  const offsets = new Int32Array(Math.max(end - start, 0) + 1);
  const units = Buffer.allocUnsafe(offsets.length);
  let count = 0;
  let position = start;
  while (position < end) {
    offsets[count] = position;
    const byte = bytes[position] ?? 0;
    if (byte !== BACKSLASH) {
      units[count++] = byte;
      position++;
      continue;
    }
    const run = backslashes(bytes, position);
    const own = run & -run;
    if (run > own) {
      units[count++] = BACKSLASH;
      position += run - own;
      offsets[count] = position;
    }
    const sequence = readEscape(bytes, position, own);
    units[count++] = sequence.unit;
    position += sequence.length;
  }
  offsets[count] = position;
  return { text: units.toString("latin1", 0, count), offsets: offsets.subarray(0, count + 1) };
}

interface Escape {
  readonly unit: number;
  /** Bytes, backslashes included. */
  readonly length: number;
}

/**
 * The escape whose `own` backslashes start at `at`. Deeper than the outermost JSON a backslash may also be just that
 * (`C:\\new`), so there a control escape stays two units: the backslash and the letter.
 */
function readEscape(bytes: Buffer, at: number, own: number): Escape {
  const kind = bytes[at + own] ?? 0;
  if (kind === 0x75) {
    const digits = bytes.toString("latin1", at + own + 1, at + own + 5);
    if (!FOUR_HEX.test(digits)) return { unit: BACKSLASH, length: own };
    const code = Number.parseInt(digits, 16);
    return { unit: code <= 0xff ? code : OUTSIDE, length: own + 5 };
  }
  if (kind === 0x22 || kind === 0x2f) return { unit: kind, length: own + 1 };
  const control = own === 1 ? CONTROLS[kind] : undefined;
  if (control !== undefined) return { unit: control, length: 2 };
  return { unit: BACKSLASH, length: own };
}

/** The first offset from `from` at which a unit surely starts: no backslash shortly before, or the first of a run. */
function unitStart(bytes: Buffer, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    if (bytes[at] === BACKSLASH && bytes[at - 1] !== BACKSLASH) return at;
    const near = bytes.subarray(Math.max(0, at - 5), at);
    if (!near.includes(BACKSLASH) && bytes[at] !== BACKSLASH) return at;
  }
  return bytes.length;
}

function backslashes(bytes: Buffer, at: number): number {
  let end = at;
  while (bytes[end] === BACKSLASH) end++;
  return end - at;
}
