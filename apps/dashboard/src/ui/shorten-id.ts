/** Ids as a line shows them. */

const HEAD = 8;
const TAIL = 4;
const VERSION_AT = 12;

/**
 * `ses_d97e2169`: the beginning of a random id tells it apart. An id that begins with the time (UUIDv7) keeps its end too:
 * `req_01931e5c…0a1b`.
 */
export function shortenId(id: string): string {
  const [prefix = "", digits = ""] = id.split("_");
  if (digits.length <= HEAD + TAIL) return id;
  const head = `${prefix}_${digits.slice(0, HEAD)}`;
  return digits[VERSION_AT] === "7" ? `${head}…${digits.slice(-TAIL)}` : head;
}
