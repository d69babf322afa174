/** Text that Postgres can hold: no NUL (not storable in `text`), no lone surrogates (not UTF-8). */

/** The same text with NUL and lone surrogates replaced by U+FFFD. */
export function storable(text: string): string {
  const wellFormed = text.isWellFormed() ? text : text.toWellFormed();
  return wellFormed.includes("\u0000") ? wellFormed.replaceAll("\u0000", "\uFFFD") : wellFormed;
}
