/** The form of a detector: one kind of secret, how to suspect it in raw bytes and how to tell it in plain text. */
import type { Severity } from "@yolo/core/finding";

export interface Detector {
  /** Name of the finding and of the placeholder, `[secret:<type>]`. */
  readonly type: string;
  /** Four characters each, of which every such secret holds one in or right before it; `*` as in `GramSearch`. */
  readonly grams: readonly string[];
  /**
   * Sticky, tried where a gram starts, over the raw bytes as Latin-1: may this be one? A quick look that lets escapes
   * of punctuation pass; letters and digits it may take literally, for an escape of one is suspect by itself.
   */
  readonly raw: RegExp;
  /** Global; matches exactly the text to replace, in text whose escapes are decoded. Its length is bounded. */
  readonly pattern: RegExp;
  /** A further look at a match, where a pattern alone would find too much. */
  readonly accepts?: (text: string, start: number, end: number) => boolean;
  readonly severity: (secret: string) => Severity;
}

/** A `raw` for tokens: the start of one, then enough characters of a token. */
export function rawToken(start: string): RegExp {
  return new RegExp(`(?:${start})[\\w-]{16}`, "y");
}

/**
 * Where a token may begin: not within another word, but behind an escape of nested text (`\n`), a terminal colour
 * sequence or a percent-encoded byte, which end in letters of their own.
 */
export const TOKEN_START =
  "(?:(?<![A-Za-z0-9_-])|(?<=\\\\[bfnrt]|\\x1b\\[[0-9;]{0,12}[A-Za-z]|%[0-9A-Fa-f]{2}))";

/** Where a token of fixed length must be over. */
export const TOKEN_END = "(?![A-Za-z0-9_-])";

export const high = (): Severity => "high";
