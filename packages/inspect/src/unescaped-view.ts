/**
 * A stretch of JSON bytes as the text that stands behind its escapes, also those of JSON within JSON strings, with
 * the way back to the bytes: secrets are searched in the text and replaced in the bytes.
 */

export interface UnescapedView {
  /** One character per unit; what is not Latin-1 shows as U+0080, which no secret contains. */
  readonly text: string;
  /** `offsets[i]` is where unit `i` starts in the bytes; one more entry for the end of the last unit. */
  readonly offsets: Int32Array;
}

interface Units {
  readonly codes: Buffer;
  readonly offsets: Int32Array;
  readonly count: number;
}

const BACKSLASH = 0x5c;
const OUTSIDE = 0x80;
const FOUR_HEX = /^[0-9A-Fa-f]{4}$/;
/** By the byte behind the backslash: the character that stands for; 0 for `u`. */
const SIMPLE_ESCAPES = new Uint8Array(256);
for (const [index, kind] of [...Buffer.from('"\\/bfnrt')].entries()) {
  SIMPLE_ESCAPES[kind] = '"\\/\b\f\n\r\t'.charCodeAt(index);
}

/**
 * The view of `bytes[from, to)`, taken from within valid JSON. Every unit spans whole escapes of the JSON, so
 * replacing any run of units by other text leaves valid JSON. A bound that stands inside an escape is moved on.
 */
export function unescapedView(bytes: Buffer, from: number, to: number): UnescapedView {
  const units = withoutNestedEscapes(withoutEscapes(bytes, unitStart(bytes, from), to));
  return {
    text: units.codes.toString("latin1", 0, units.count),
    offsets: units.offsets.subarray(0, units.count + 1),
  };
}

/** The outermost JSON's own escapes resolved. */
function withoutEscapes(bytes: Buffer, start: number, to: number): Units {
  const end = Math.min(to, bytes.length);
  const length = Math.max(end - start, 0);
  const codes = Buffer.allocUnsafe(length);
  const offsets = new Int32Array(length + 1);
  let count = 0;
  let position = start;
  while (position < end) {
    offsets[count] = position;
    const byte = bytes[position] ?? 0;
    if (byte !== BACKSLASH) {
      codes[count++] = byte;
      position++;
      continue;
    }
    const kind = bytes[position + 1] ?? 0;
    const simple = SIMPLE_ESCAPES[kind] ?? 0;
    if (simple !== 0) {
      codes[count++] = simple;
      position += 2;
    } else {
      codes[count++] = latin1(bytes.toString("latin1", position + 2, position + 6));
      position += 6;
    }
  }
  offsets[count] = position;
  return { codes, offsets, count };
}

/**
 * The escapes of JSON that is nested in strings resolved too, in place. Of a run of n backslashes the last 2^k are the
 * escape, k being how often n can be halved: that is how deep it is nested. Such text may also be no JSON at all
 * (`C:\new`), so the escape of a control character stays two units, the backslash and the letter.
 */
function withoutNestedEscapes(units: Units): Units {
  const { codes, offsets } = units;
  let count = 0;
  let position = codes.subarray(0, units.count).indexOf(BACKSLASH);
  if (position === -1) return units;
  count = position;
  const put = (code: number, length: number): void => {
    codes[count] = code;
    offsets[count++] = offsets[position] ?? 0;
    position += length;
  };
  while (position < units.count) {
    const code = codes[position] ?? 0;
    if (code !== BACKSLASH) {
      put(code, 1);
      continue;
    }
    const run = backslashes(units, position);
    const own = run & -run;
    if (run > own) put(BACKSLASH, run - own);
    putNested(units, position + own, own, put);
  }
  offsets[count] = offsets[units.count] ?? 0;
  return { codes, offsets, count };
}

/** Puts the nested escape whose kind stands at `at`, behind `own` backslashes. */
function putNested(
  { codes, count }: Units,
  at: number,
  own: number,
  put: (code: number, length: number) => void,
): void {
  const kind = at < count ? codes[at] : 0;
  const digits = codes.toString("latin1", at + 1, Math.min(at + 5, count));
  if (kind === 0x75 && FOUR_HEX.test(digits)) put(latin1(digits), own + 5);
  else if (kind === 0x22 || kind === 0x2f) put(kind, own + 1);
  else put(BACKSLASH, own);
}

function latin1(digits: string): number {
  const code = Number.parseInt(digits, 16);
  return code <= 0xff ? code : OUTSIDE;
}

/** The first offset from `from` at which a unit surely starts: no backslash shortly before, or the first of a run. */
function unitStart(bytes: Buffer, from: number): number {
  for (let at = from; at < bytes.length; at++) {
    if (bytes[at] === BACKSLASH) {
      if (bytes[at - 1] !== BACKSLASH) return at;
    } else if (!bytes.subarray(Math.max(0, at - 5), at).includes(BACKSLASH)) {
      return at;
    }
  }
  return bytes.length;
}

function backslashes({ codes, count }: Units, at: number): number {
  let end = at;
  while (end < count && codes[end] === BACKSLASH) end++;
  return end - at;
}
