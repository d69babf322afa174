/** Keyset pages: a page ends where the next begins, whatever is added meanwhile. */

export interface Page<Item> {
  readonly data: Item[];
  /** Send it as `before` for the next page; null: this is the last. */
  readonly nextBefore: string | null;
}

/** A page of at most `limit`, out of rows that were asked for with one more than that. */
export function pageOf<Item extends { readonly id: string }>(
  items: readonly Item[],
  limit: number,
): Page<Item> {
  const data = items.slice(0, limit);
  const last = items.length > limit ? data.at(-1) : undefined;
  return { data, nextBefore: last?.id ?? null };
}
