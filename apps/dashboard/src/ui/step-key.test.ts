import { expect, test } from "vitest";
import { stepKey } from "./step-key.ts";

test("arrows go round, Home and End to the ends, other keys nowhere", () => {
  expect(stepKey("ArrowRight", 2, 3)).toBe(0);
  expect(stepKey("ArrowLeft", 0, 3)).toBe(2);
  expect(stepKey("Home", 2, 3)).toBe(0);
  expect(stepKey("End", 0, 3)).toBe(2);
  expect(stepKey("a", 1, 3)).toBeUndefined();
});
