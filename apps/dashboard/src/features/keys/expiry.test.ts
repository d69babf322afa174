import { expect, test } from "vitest";
import { EXPIRY_OPTIONS, expiryOf } from "./expiry.ts";

test("a choice is a moment so many days ahead, and never is none", () => {
  expect(expiryOf("30", Date.parse("2026-01-01T00:00:00Z"))).toBe("2026-01-31T00:00:00.000Z");
  expect(expiryOf("never", 0)).toBeNull();
});

test("every choice of the list means what it says", () => {
  const days = EXPIRY_OPTIONS.map(({ value }) => {
    const end = expiryOf(value, 0);
    return end === null ? null : Date.parse(end) / 86_400_000;
  });
  expect(days).toEqual([7, 30, 90, 365, null]);
});
