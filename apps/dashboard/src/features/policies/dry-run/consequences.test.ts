import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { consequencesOf, textSha256 } from "./consequences.ts";

type Effect = "allow" | "approve" | "deny";

function group(from: Effect, to: Effect, count: number, counts: "enforced" | "would" = "enforced") {
  return {
    from,
    to,
    count,
    counts,
    costMicros: count * 10,
    rule: null,
    explanation: "",
    records: [],
  };
}

test("consequences are counted by what becomes of the calls, enforced and evaluated apart", () => {
  const groups = [
    group("allow", "deny", 5),
    group("approve", "deny", 2),
    group("allow", "approve", 3),
    group("approve", "allow", 4),
    group("deny", "allow", 1),
    group("allow", "deny", 100, "would"),
  ];
  expect(consequencesOf(groups, "enforced")).toEqual({
    denied: { calls: 7, costMicros: 70 },
    allowed: { calls: 5, costMicros: 50 },
    approvalsAdded: { calls: 3, costMicros: 30 },
    approvalsAvoided: { calls: 6, costMicros: 60 },
  });
  expect(consequencesOf(groups, "would").denied.calls).toBe(100);
});

test("a text is named as the server names it", async () => {
  const text = "rules: # ünïcode 😀\n";
  expect(await textSha256(text)).toBe(createHash("sha256").update(text).digest("hex"));
});
