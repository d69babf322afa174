/** What publishing runs: syntax, schema, meaning and the policy's own tests. */
import { checkText } from "./check.ts";
import type { Issue } from "./issue.ts";

/** Every issue of the text in reading order; a text with an error must not be published. Never throws. */
export function lintPolicy(text: string): readonly Issue[] {
  return checkText(text).issues;
}
