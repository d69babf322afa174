import fc from "fast-check";
import { expect, test } from "vitest";
import {
  decodeId,
  encodeId,
  ID_PREFIXES,
  type IdKind,
  lowestIdAt,
  newId,
  newRandomId,
} from "./ids.ts";

const KINDS = Object.keys(ID_PREFIXES).filter((kind): kind is IdKind => kind in ID_PREFIXES);

test("an outside id decodes to the uuid it was made of, for every kind and uuid", () => {
  fc.assert(
    fc.property(fc.constantFrom(...KINDS), fc.uuid(), (kind, uuid) => {
      const id = encodeId(kind, uuid);
      expect(id).toMatch(/^[a-z]{3}_[0-9a-f]{32}$/);
      expect(decodeId(kind, id)).toBe(uuid);
    }),
  );
});

test("an id of another kind, or anything malformed, names nothing", () => {
  const id = encodeId("record", newId());
  for (const other of KINDS) {
    if (other !== "record") expect(() => decodeId(other, id)).toThrow(/no .* with the id/);
  }
  for (const bad of [
    "",
    "req_",
    id.slice(0, -1),
    `${id}0`,
    id.toUpperCase(),
    ` ${id}`,
    `${id}\n`,
  ]) {
    expect(() => decodeId("record", bad)).toThrow(/no record with the id/);
  }
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => decodeId("record", `req_${text}`)).toThrow();
    }),
  );
});

test("prefixes are all different, so that an id says what it names", () => {
  expect(new Set(Object.values(ID_PREFIXES)).size).toBe(KINDS.length);
});

test("ids of one process rise strictly, also within a millisecond", () => {
  const ids = Array.from({ length: 5_000 }, newId);
  expect(ids).toEqual(ids.toSorted());
  expect(new Set(ids).size).toBe(ids.length);
});

test("the lowest id of a moment lies below every id made from then on, and above all made before", () => {
  const before = newId();
  const now = Date.now();
  const after = newId();
  expect(lowestIdAt(now) <= after).toBe(true);
  expect(lowestIdAt(now + 1) > before).toBe(true);
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2 ** 47 }),
      fc.integer({ min: 0, max: 2 ** 47 }),
      (a, b) => {
        expect(lowestIdAt(a) < lowestIdAt(b)).toBe(a < b);
      },
    ),
  );
  expect(lowestIdAt(-5)).toBe(lowestIdAt(0));
});

test("random ids tell sessions apart by their first digits", () => {
  const prefixes = new Set(Array.from({ length: 100 }, () => newRandomId().slice(0, 8)));
  expect(prefixes.size).toBe(100);
});
