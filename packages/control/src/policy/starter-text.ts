/** A starter's text in one mode or the other; nothing else of it changes. */
import { AppError } from "@yolo/core/errors";
import { parsePolicy } from "@yolo/policy/parse";
import type { Mode } from "@yolo/policy/schema";

const MODE_LINE = /^mode:[ \t]*(?:enforce|evaluate)\b/gm;

/** Throws `internal_error` when the text does not say the mode of each document on a line of its own. */
export function inMode(text: string, mode: Mode): string {
  const changed = text.replaceAll(MODE_LINE, `mode: ${mode}`);
  const { documents } = parsePolicy(changed);
  if (documents.length > 0 && documents.every((document) => document.mode === mode)) return changed;
  throw new AppError("internal_error", {
    message: "The starter's mode cannot be changed.",
    detail: "not every document of the text has a line `mode: …`",
  });
}
