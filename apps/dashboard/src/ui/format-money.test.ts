import { expect, test } from "vitest";
import { formatMoney, formatMoneyExactly } from "./format-money.ts";

test("dollars have cents; less than a dollar shows what it is made of", () => {
  expect(formatMoney(1_234_500_000)).toBe("$1,234.50");
  expect(formatMoney(1_000_000)).toBe("$1.00");
  expect(formatMoney(42_000)).toBe("$0.0420");
  expect(formatMoney(0)).toBe("$0");
});

test("what is too small to show is not shown as nothing", () => {
  expect(formatMoney(1)).toBe("<$0.0001");
  expect(formatMoneyExactly(1)).toBe("$0.000001");
});
