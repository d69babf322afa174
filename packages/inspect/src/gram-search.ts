/**
 * Searches bytes for any of many four-byte grams at once, looking at every third pair of bytes only: whatever its
 * place, a gram shows one of its three pairs there.
 */

const GRAM = 4;
const STRIDE = 3;
/** What `*` stands for in a gram: a letter or digit. */
const ANY = Buffer.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

export class GramSearch<Value> {
  /** By pair of bytes: bit n is set when the pair stands at offset n of some gram. */
  readonly #pairs = new Uint8Array(65_536);
  readonly #values = new Map<number, Value[]>();

  /** `entries`: a gram of four ASCII characters, the last of which may be `*`, and what it stands for. */
  constructor(entries: Iterable<readonly [gram: string, value: Value]>) {
    for (const [gram, value] of entries) {
      for (const bytes of spellings(gram)) this.#add(bytes, value);
    }
  }

  /** The first offset from `from` where a gram starts; -1 when there is none. */
  next(bytes: Buffer, from: number): number {
    const pairs = this.#pairs;
    const last = bytes.length - 1;
    for (let at = from + STRIDE - 1; at < last; at += STRIDE) {
      const offsets = pairs[((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)] ?? 0;
      if (offsets === 0) continue;
      const start = this.#startNear(bytes, at, offsets);
      if (start !== -1) return start;
    }
    return -1;
  }

  /** What the gram at `at` stands for. */
  at(bytes: Buffer, at: number): readonly Value[] {
    return this.#values.get(wordAt(bytes, at)) ?? [];
  }

  /** The first start of a gram that has the pair at `at` at one of `offsets`. */
  #startNear(bytes: Buffer, at: number, offsets: number): number {
    for (let offset = STRIDE - 1; offset >= 0; offset--) {
      const start = at - offset;
      const fits = ((offsets >> offset) & 1) === 1 && start + GRAM <= bytes.length;
      if (fits && this.#values.has(wordAt(bytes, start))) return start;
    }
    return -1;
  }

  #add(gram: Buffer, value: Value): void {
    const key = wordAt(gram, 0);
    this.#values.set(key, [...(this.#values.get(key) ?? []), value]);
    for (let offset = 0; offset < STRIDE; offset++) {
      const pair = gram.readUInt16BE(offset);
      this.#pairs[pair] = (this.#pairs[pair] ?? 0) | (1 << offset);
    }
  }
}

function wordAt(bytes: Buffer, at: number): number {
  return (
    (bytes[at] ?? 0) |
    ((bytes[at + 1] ?? 0) << 8) |
    ((bytes[at + 2] ?? 0) << 16) |
    ((bytes[at + 3] ?? 0) << 24)
  );
}

function spellings(gram: string): Buffer[] {
  const bytes = Buffer.from(gram);
  if (bytes.length !== GRAM) throw new Error(`a gram has four bytes, not ${bytes.length}`);
  if (!gram.endsWith("*")) return [bytes];
  return [...ANY].map((byte) => Buffer.from([...bytes.subarray(0, GRAM - 1), byte]));
}
