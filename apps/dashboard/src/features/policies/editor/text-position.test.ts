import { Text } from "@codemirror/state";
import fc from "fast-check";
import { expect, test } from "vitest";
import { offsetAt, rangeOf } from "./text-position.ts";

const LINES = ["rules:", "  - deny: git:push", "", "# ünïcode 😀 line"];
const text = Text.of(LINES);

test("a place of the linter is the same characters in the editor, also behind characters of two units", () => {
  const place = { line: 2, column: 11, endLine: 2, endColumn: 19 };
  const { from, to } = rangeOf(text, place);
  expect(text.sliceString(from, to)).toBe("git:push");
  const behind = rangeOf(text, { line: 4, column: 14, endLine: 4, endColumn: 18 });
  expect(text.sliceString(behind.from, behind.to)).toBe("line");
});

test("a place of a text that has become shorter stays inside", () => {
  expect(offsetAt(text, { line: 99, column: 1 })).toBe(text.length);
  expect(offsetAt(text, { line: 1, column: 99 })).toBe(LINES[0]?.length);
});

test("whatever the place, its range lies in the text and is seen where its line has characters", () => {
  const number = fc.integer({ min: -3, max: 40 });
  fc.assert(
    fc.property(number, number, number, number, (line, column, endLine, endColumn) => {
      const { from, to } = rangeOf(text, { line, column, endLine, endColumn });
      expect(from).toBeGreaterThanOrEqual(0);
      expect(to).toBeLessThanOrEqual(text.length);
      expect(from).toBeLessThanOrEqual(to);
    }),
  );
});
