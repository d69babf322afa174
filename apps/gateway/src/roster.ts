/** What keeps its place in a roster. One thing stands in one roster at a time. */
export interface Rostered {
  /** -1 while it stands in none; nobody's but the roster's to write. */
  rosterPlace: number;
}

/**
 * What comes and goes with every call. A `Set` would do the same and keep far too much alive: V8 lets each table that a
 * set has outgrown point to its successor, so that one which has grown old holds on to all calls after it until the
 * next full collection (see docs/performance.md).
 */
export class Roster<Item extends Rostered> implements Iterable<Item> {
  readonly #items: Item[] = [];

  get size(): number {
    return this.#items.length;
  }

  add(item: Item): void {
    item.rosterPlace = this.#items.push(item) - 1;
  }

  /** False: it does not stand here. */
  delete(item: Item): boolean {
    const { rosterPlace } = item;
    if (this.#items[rosterPlace] !== item) return false;
    const last = this.#items.pop();
    if (last !== undefined && last !== item) {
      this.#items[rosterPlace] = last;
      last.rosterPlace = rosterPlace;
    }
    item.rosterPlace = -1;
    return true;
  }

  /** Those that stand here now, in no order, whatever is added or deleted meanwhile. */
  [Symbol.iterator](): Iterator<Item> {
    return [...this.#items].values();
  }
}
