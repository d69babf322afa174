import { expect, test } from "vitest";
import { percentilesOf, Tally } from "./tally.ts";

test("a percentile is a time that was measured, the least that covers its share", () => {
  const hundred = Array.from({ length: 100 }, (_, at) => 100 - at);
  expect(percentilesOf(hundred)).toEqual({ p50Ms: 50, p99Ms: 99 });
  expect(percentilesOf([7])).toEqual({ p50Ms: 7, p99Ms: 7 });
  expect(percentilesOf([]).p50Ms).toBeNaN();
});

test("a wrong status is an error, counted by its words, and the call still counts as answered", () => {
  const tally = new Tally(200);
  tally.answer({ status: 200, ms: 1 });
  tally.answer({ status: 503, ms: 1 });
  tally.answer({ status: 503, ms: 1 });
  tally.error("connect ECONNREFUSED");
  expect(tally.answered).toBe(3);
  expect(tally.errors).toEqual(["2 × status 503 instead of 200", "1 × connect ECONNREFUSED"]);
});
