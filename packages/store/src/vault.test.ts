import { createSecretKey, randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { KeyRing } from "./secrets-file.ts";
import { createDataKey, open, type SealedPlace, seal, unwrapDataKey } from "./vault.ts";

const [ORG, OTHER_ORG] = [
  "01900000-0000-7000-8000-000000000001",
  "01900000-0000-7000-8000-000000000002",
];
const PLACE: SealedPlace = { use: "connector", row: "01900000-0000-7000-8000-00000000000a" };
const SECRET = Buffer.from("sk-ant-api03-canary");

function ring(...versions: number[]): KeyRing {
  const keys = new Map(versions.map((version) => [version, createSecretKey(randomBytes(32))]));
  return { current: Math.max(...versions), keys };
}

const keks = ring(1);
const dataKey = unwrapDataKey(keks, createDataKey(keks, ORG, 1));

describe("T23: what is sealed opens only where it was sealed", () => {
  test("any bytes open again, and the sealed form shows nothing of them", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 5_000 }), (plain) => {
        const sealed = seal(dataKey, PLACE, plain);
        expect(open([dataKey], PLACE, sealed)).toEqual(Buffer.from(plain));
        expect(sealed.includes(Buffer.from(plain))).toBe(false);
      }),
    );
  });

  test("pieces are sealed as the one whole they make, and stay as they were", () => {
    const bytes = fc.uint8Array({ maxLength: 500 });
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 5 }), (pieces) => {
        const whole = Buffer.concat(pieces);
        const sealed = seal(dataKey, PLACE, ...pieces);
        expect(open([dataKey], PLACE, sealed)).toEqual(whole);
        expect(Buffer.concat(pieces)).toEqual(whole);
      }),
    );
  });

  test("the same bytes are sealed differently each time, over more than a pool of IVs", () => {
    const ivs = new Set<string>();
    for (let count = 0; count < 2_000; count += 1) {
      ivs.add(seal(dataKey, PLACE, SECRET).subarray(5, 17).toString("hex"));
    }
    expect(ivs.size).toBe(2_000);
  });

  test("another org, another row or another use does not open it", () => {
    const sealed = seal(dataKey, PLACE, SECRET);
    const others = unwrapDataKey(keks, createDataKey(keks, OTHER_ORG, 1));
    const row = "01900000-0000-7000-8000-00000000000b";
    expect(() => open([others], PLACE, sealed)).toThrow("could not be opened");
    expect(() => open([dataKey], { ...PLACE, row }, sealed)).toThrow("could not be opened");
    for (const use of ["request", "reply"] as const) {
      expect(() => open([dataKey], { ...PLACE, use }, sealed)).toThrow("could not be opened");
    }
    // The same key material in another org's name does not open it either: the org is part of what is sealed.
    expect(() => open([{ ...dataKey, orgId: OTHER_ORG }], PLACE, sealed)).toThrow();
    expect(open([dataKey], PLACE, sealed)).toEqual(SECRET);
  });

  test("no bit of it can be flipped, and no byte left out or added", () => {
    const sealed = seal(dataKey, PLACE, SECRET);
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const flipped = Buffer.from(sealed);
      const at = bit >> 3;
      flipped.writeUInt8(flipped.readUInt8(at) ^ (1 << (bit & 7)), at);
      expect(() => open([dataKey], PLACE, flipped)).toThrow("could not be opened");
    }
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => open([dataKey], PLACE, sealed.subarray(0, length))).toThrow();
    }
    expect(() => open([dataKey], PLACE, Buffer.concat([sealed, Buffer.alloc(1)]))).toThrow();
  });

  test("a data key of a newer version seals, and the older one still opens what it sealed", () => {
    const newer = unwrapDataKey(keks, createDataKey(keks, ORG, 2));
    const [old, young] = [seal(dataKey, PLACE, SECRET), seal(newer, PLACE, SECRET)];
    for (const sealed of [old, young]) {
      expect(open([newer, dataKey], PLACE, sealed)).toEqual(SECRET);
    }
    expect(() => open([newer], PLACE, old)).toThrow("could not be opened");
  });
});

describe("T23: data keys are wrapped by versioned keys that the database never sees", () => {
  test("after a rotation the older key-encryption key opens what it wrapped, the new one wraps", () => {
    const before = ring(1);
    const stored = createDataKey(before, ORG, 1);
    const sealed = seal(unwrapDataKey(before, stored), PLACE, SECRET);
    const after: KeyRing = {
      current: 2,
      keys: new Map([...before.keys, [2, createSecretKey(randomBytes(32))] as const]),
    };
    expect(open([unwrapDataKey(after, stored)], PLACE, sealed)).toEqual(SECRET);
    expect(createDataKey(after, ORG, 2).kekVersion).toBe(2);
  });

  test("a wrapped key opens for no other org and no other version, nor without its key-encryption key", () => {
    const stored = createDataKey(keks, ORG, 1);
    expect(() => unwrapDataKey(keks, { ...stored, orgId: OTHER_ORG })).toThrow();
    expect(() => unwrapDataKey(keks, { ...stored, version: 2 })).toThrow();
    expect(() => unwrapDataKey(ring(1), stored)).toThrow("could not be opened");
    expect(() => unwrapDataKey(ring(2), stored)).toThrow("could not be opened");
  });

  test("what fails says neither key nor plain text", () => {
    const sealed = seal(dataKey, PLACE, SECRET);
    try {
      open([dataKey], { ...PLACE, row: "elsewhere" }, sealed);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: "internal_error" });
      expect(JSON.stringify(error) + String(error)).not.toContain(SECRET.toString());
    }
  });
});
