import { expect, test } from "vitest";
import { EFFECTS, strictest } from "./decision.ts";

test("deny is stricter than approve, approve than allow, in either order", () => {
  expect(EFFECTS.toSorted((a, b) => (strictest(a, b) === a ? 1 : -1))).toEqual([
    "allow",
    "approve",
    "deny",
  ]);
  for (const a of EFFECTS) {
    expect(strictest(a, a)).toBe(a);
    for (const b of EFFECTS) expect(strictest(a, b)).toBe(strictest(b, a));
  }
});
