import { expect, test } from "vitest";
import { median, ratio, type Sample } from "./results.ts";

function rounds(...perSecond: readonly number[]): Sample[] {
  return perSecond.map((one) => ({
    perSecond: one,
    p50Ms: 1,
    p99Ms: 1,
    cpuMicros: null,
    databaseMicros: null,
    rssMb: null,
    admittedTogether: null,
    settledTogether: null,
    errors: [],
  }));
}

test("the median stands in the middle, or between the two that do", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([])).toBeNaN();
});

test("a ratio compares within a round, so that a slow round of both leaves it alone", () => {
  const samples = new Map([
    ["ours", rounds(50, 5, 60)],
    ["bare node", rounds(100, 10, 120)],
  ] as const);
  expect(ratio(samples, "ours", "bare node")).toBe(0.5);
});

test("there is no ratio to what was not measured", () => {
  expect(ratio(new Map([["ours", rounds(50)]]), "ours", "nginx")).toBeNaN();
  expect(ratio(undefined, "ours", "nginx")).toBeNaN();
});
