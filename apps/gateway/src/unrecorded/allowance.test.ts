import { expect, test } from "vitest";
import { createAllowance } from "./allowance.ts";

const RATES = { each: { perSecond: 1, burst: 2 }, all: { perSecond: 10, burst: 5 } };

function start() {
  let now = 0;
  const allowance = createAllowance(RATES, () => now);
  const takes = (name: string, times: number) =>
    Array.from({ length: times }, () => allowance.take(name)).filter(Boolean).length;
  return {
    takes,
    later(ms: number) {
      now += ms;
    },
  };
}

test("a name gets its burst, and then what its rate gives", () => {
  const { takes, later } = start();
  expect(takes("a", 10)).toBe(2);
  later(1_000);
  expect(takes("a", 10)).toBe(1);
  later(60_000);
  expect(takes("a", 10)).toBe(2);
});

test("all names together get no more than the common share", () => {
  const { takes, later } = start();
  const names = Array.from({ length: 5_000 }, (_, index) => `n${index}`);
  expect(names.map((name) => takes(name, 1)).reduce((sum, taken) => sum + taken, 0)).toBe(5);
  later(100);
  expect(names.map((name) => takes(name, 1)).reduce((sum, taken) => sum + taken, 0)).toBe(1);
});

test("a name that floods takes nothing from another one's share", () => {
  const { takes } = start();
  takes("loud", 1_000);
  expect(takes("quiet", 2)).toBe(2);
});
