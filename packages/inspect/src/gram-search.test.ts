import fc from "fast-check";
import { expect, test } from "vitest";
import { GramSearch } from "./gram-search.ts";

const GRAMS = ["abab", "bbbb", "ba_b", "\\u00"];
const search = new GramSearch([...GRAMS.map((gram) => [gram, gram] as const), ["aa-*", "dash"]]);

test("every gram is found at every place, in order, and nothing else", () => {
  const text = fc.string({ unit: fc.constantFrom(..."abc_-\\u0é"), maxLength: 60 });
  fc.assert(
    fc.property(text, fc.nat(10), (body, from) => {
      const bytes = Buffer.from(body);
      const latin1 = bytes.toString("latin1");
      const expected: number[] = [];
      for (let at = from; at < latin1.length; at++) {
        const piece = latin1.slice(at, at + 4);
        if (GRAMS.includes(piece) || /^aa-[A-Za-z0-9]$/.test(piece)) expected.push(at);
      }
      const found: number[] = [];
      for (let at = search.next(bytes, from); at !== -1; at = search.next(bytes, at + 1))
        found.push(at);
      expect(found).toEqual(expected);
    }),
    { numRuns: 2_000 },
  );
});

test("a gram tells what it stands for, and one gram may stand for several", () => {
  const shared = new GramSearch([
    ["abcd", 1],
    ["abcd", 2],
    ["abc*", 3],
  ]);
  expect(shared.at(Buffer.from("xabcd"), 1)).toEqual([1, 2, 3]);
  expect(shared.at(Buffer.from("xabc7"), 1)).toEqual([3]);
});

test("a gram of another length is refused", () => {
  expect(() => new GramSearch([["sk-", 0]])).toThrow("four bytes");
});
