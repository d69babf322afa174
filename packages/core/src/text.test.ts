import fc from "fast-check";
import { expect, test } from "vitest";
import { storable } from "./text.ts";

test("text that Postgres can hold is left as it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      if (!text.includes("\u0000")) expect(storable(text)).toBe(text);
    }),
  );
});

test("any text becomes one without NUL and without lone surrogates, of the same length", () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      }),
      (text) => {
        const stored = storable(text);
        expect(stored).not.toContain("\u0000");
        expect(stored.isWellFormed()).toBe(true);
        expect(stored).toHaveLength(text.length);
      },
    ),
  );
  expect(storable("a\u0000b\ud800c")).toBe("a\uFFFDb\uFFFDc");
});
