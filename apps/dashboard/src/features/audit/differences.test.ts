import { expect, test } from "vitest";
import { differencesOf } from "./differences.ts";

test("what stayed the same is left out; what came and went is told apart from what changed", () => {
  const before = { name: "a", kept: [1, 2], gone: true };
  const after = { name: "b", kept: [1, 2], new: null };
  expect(differencesOf(before, after)).toEqual([
    { field: "name", before: "a", after: "b" },
    { field: "gone", before: "true", after: null },
    { field: "new", before: null, after: "null" },
  ]);
});

test("what did not exist before, or does not any more, is different in every field", () => {
  expect(differencesOf(null, { name: "a" })).toEqual([{ field: "name", before: null, after: "a" }]);
  expect(differencesOf({ name: "a" }, null)).toEqual([{ field: "name", before: "a", after: null }]);
  expect(differencesOf(null, null)).toEqual([]);
});
