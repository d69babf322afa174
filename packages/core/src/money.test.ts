import fc from "fast-check";
import { expect, test } from "vitest";
import { formatMicros } from "./money.ts";

test.each([
  [0n, "$0.00"],
  [1n, "$0.000001"],
  [10_000n, "$0.01"],
  [1_234_567n, "$1.234567"],
  [1_200_000n, "$1.20"],
  [1_000_000n, "$1.00"],
  [1_500n, "$0.0015"],
  [-2_500_000n, "-$2.50"],
  [9_007_199_254_740_993_000_000n, "$9007199254740993.00"],
])("%d micro-dollars are %s", (micros, text) => {
  expect(formatMicros(micros)).toBe(text);
});

test("no amount is rounded: what is shown reads back as what it was", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (micros) => {
      const [, sign, dollars = "", fraction = ""] =
        /^(-?)\$(\d+)\.(\d{2,6})$/.exec(formatMicros(micros)) ?? [];
      const read = BigInt(dollars) * 1_000_000n + BigInt(fraction.padEnd(6, "0"));
      expect(sign === "-" ? -read : read).toBe(micros);
    }),
  );
});
