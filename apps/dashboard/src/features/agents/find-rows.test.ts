import { expect, test } from "vitest";
import { findRows } from "./find-rows.ts";

const ROWS = [
  {
    verb: "git:push",
    resource: "**",
    effect: "deny",
    rules: [{ id: "no-push", policyName: "Org" }],
  },
  { verb: "llm:invoke", resource: "anthropic/**", effect: "allow", rules: [] },
];

test.for([
  ["", 2],
  ["  ", 2],
  ["GIT", 1],
  ["deny push", 1],
  ["anthropic allow", 1],
  ["org no-push", 1],
  ["git anthropic", 0],
] as const)("%j finds %d", ([sought, count]) => {
  expect(findRows(ROWS, sought)).toHaveLength(count);
});
