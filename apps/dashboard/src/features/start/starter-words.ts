/** What each starter policy is for, in a sentence. */
import type { STARTERS } from "@yolo/policy/starters";

export interface StarterChoice {
  readonly id: (typeof STARTERS)[number]["id"];
  readonly title: string;
}

const WORDS: { readonly [id: string]: string } = {
  "claude-code-safe":
    "Claude models and Claude Code’s own tools. Pushes to shared branches wait for a person; history is not rewritten, nothing is deleted in AWS.",
  "read-only-data": "Looks and never changes: reads of databases, objects and pages, nothing else.",
  "ci-agent": "Works on branches of its own. A release waits for a person.",
  production: "Looks freely; whatever changes production waits for a person or is denied.",
};

export function starterWords(id: string): string | undefined {
  return WORDS[id];
}
