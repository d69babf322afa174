import { expect, test } from "vitest";
import { formatExact, formatRelative } from "./format-moment.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");

function ago(ms: number): string {
  return formatRelative(new Date(NOW - ms), NOW);
}

test("a moment near by is told by its distance, in the largest unit that is full", () => {
  expect(ago(3_000)).toBe("just now");
  expect(ago(-3_000)).toBe("just now");
  expect(ago(12_000)).toBe("12 s ago");
  expect(ago(59_999)).toBe("59 s ago");
  expect(ago(60_000)).toBe("1 min ago");
  expect(ago(3_599_999)).toBe("59 min ago");
  expect(ago(86_399_999)).toBe("23 h ago");
  expect(ago(6 * 86_400_000)).toBe("6 d ago");
  expect(ago(-2 * 86_400_000)).toBe("in 2 d");
});

test("a moment further away is told by its day, with the year only where it is another one", () => {
  expect(ago(8 * 86_400_000)).toBe("14 Nov");
  expect(ago(400 * 86_400_000)).toBe("18 Oct 2025");
});

test("the exact moment is told to the second in the time zone asked for", () => {
  expect(formatExact(new Date(NOW), "UTC")).toBe("22 Nov 2026, 12:00:00 UTC");
  expect(formatExact(new Date(NOW), "Asia/Kolkata")).toContain("17:30:00");
});
