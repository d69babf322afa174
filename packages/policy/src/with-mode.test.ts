import { expect, test } from "vitest";
import { lintPolicy } from "./lint.ts";
import { STARTERS } from "./starters.ts";
import { withMode } from "./with-mode.ts";

test("only the mode changes", () => {
  const text = `# ours
version: 1
mode: evaluate # for a day
rules: [{ allow: mcp:call }]
---
# theirs
agent: x
rules: [{ allow: mcp:read }]
---
{ rules: [{ allow: mcp:list }] }
`;
  expect(withMode(text, "enforce")).toBe(`# ours
version: 1
mode: enforce # for a day
rules: [{ allow: mcp:call }]
---
# theirs
mode: enforce
agent: x
rules: [{ allow: mcp:read }]
---
{ mode: enforce, rules: [{ allow: mcp:list }] }
`);
});

test("there and back a policy is what it was", () => {
  for (const { text } of STARTERS) {
    const trial = withMode(text, "evaluate");
    expect(lintPolicy(trial)).toEqual([]);
    expect(withMode(withMode(trial, "enforce"), "evaluate")).toBe(trial);
  }
});
