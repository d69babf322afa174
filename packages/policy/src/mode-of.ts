/** In which mode a text is, told in one word. */
import { parsePolicy } from "./parse.ts";

export const MODE_WORDS = ["enforce", "evaluate", "mixed"] as const;
export type ModeWord = (typeof MODE_WORDS)[number];

/** `mixed`: some documents are enforced and others only evaluated. The text must be free of errors. */
export function modeOf(text: string): ModeWord {
  const modes = new Set(parsePolicy(text).documents.map(({ mode }) => mode));
  const [only, another] = modes;
  return only === undefined || another !== undefined ? "mixed" : only;
}
