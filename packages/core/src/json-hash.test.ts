import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonHash } from "./json-hash.ts";

test("the order of fields does not matter, at any depth; the order of a list does", () => {
  expect(jsonHash({ a: 1, b: { c: 2, d: 3 } })).toBe(jsonHash({ b: { d: 3, c: 2 }, a: 1 }));
  expect(jsonHash([1, 2])).not.toBe(jsonHash([2, 1]));
});

test("different values have different hashes", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
      fc.pre(!isDeepStrictEqual(asSent(one), asSent(other)));
      return jsonHash(one) !== jsonHash(other);
    }),
  );
});

/** What JSON makes of it: -0 is 0. */
function asSent(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

test("nothing is a value of its own", () => {
  expect(jsonHash(undefined)).toMatch(/^[0-9a-f]{64}$/);
  expect(jsonHash(undefined)).not.toBe(jsonHash(null));
});
