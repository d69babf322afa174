import { createSecretKey, randomBytes } from "node:crypto";
import { type TokenKind, tokenKind } from "@yolo/core/token-form";
import type { KeyRing } from "@yolo/store/secrets-file";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hashesOf, hashToken, looksLikeAgentKey, mintToken } from "./token.ts";

const KINDS: readonly TokenKind[] = ["live", "test", "member"];
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-. ";

describe("T23: a token can be told from a look-alike without asking anybody", () => {
  test.each(KINDS)(
    "a minted %s token is one, of 256 random bits, and prints as [secret]",
    (kind) => {
      const tokens = Array.from({ length: 200 }, () => mintToken(kind));
      expect(String(tokens[0])).toBe("[secret]");
      for (const token of tokens) expect(tokenKind(token.reveal())).toBe(kind);
      expect(new Set(tokens.map((token) => token.reveal())).size).toBe(200);
      expect(looksLikeAgentKey(tokens[0]?.reveal() ?? "")).toBe(kind !== "member");
    },
  );

  test.each(KINDS)(
    "every single-character typo in a %s token is caught, at every place",
    (kind) => {
      const token = mintToken(kind).reveal();
      for (let at = 0; at < token.length; at += 1) {
        for (const typed of ALPHABET) {
          if (typed === token[at]) continue;
          expect(tokenKind(token.slice(0, at) + typed + token.slice(at + 1))).toBeNull();
        }
        expect(tokenKind(token.slice(0, at) + token.slice(at + 1))).toBeNull();
        expect(tokenKind(`${token.slice(0, at)}x${token.slice(at)}`)).toBeNull();
        const [a = "", b = ""] = token.slice(at, at + 2);
        if (a !== b && b !== "") {
          expect(tokenKind(token.slice(0, at) + b + a + token.slice(at + 2))).toBeNull();
        }
      }
    },
  );

  test("a token of one kind is none of another, and nothing else is a token", () => {
    const live = mintToken("live").reveal();
    expect(tokenKind(live.replace("ylg_live_", "ylg_test_"))).toBeNull();
    expect(tokenKind(live.replace("ylg_live_", "ylt_"))).toBeNull();
    for (const text of ["", "ylg_live_", "ylg_", ` ${live}`, `${live}\n`, live.toUpperCase()]) {
      expect(tokenKind(text)).toBeNull();
    }
    fc.assert(fc.property(fc.string(), (text) => tokenKind(`ylg_live_${text}`) === null));
  });

  // Two tokens written down once and for all: what was given to customers must be read for good.
  test("tokens of every release are read", () => {
    expect(tokenKind("ylg_live_grSLJmK2SYUfBxkXiJBq3xXFlw8NagZ0YckASvWC03K3wb6J1")).toBe("live");
    expect(tokenKind("ylt_q1n9bkOmR8kjuERj5Cy6p5Gt4W6iTe71x9gfYQUtKFA3jQRe4")).toBe("member");
  });
});

describe("T23: only an HMAC under a versioned pepper is kept", () => {
  const first = createSecretKey(randomBytes(32));
  const second = createSecretKey(randomBytes(32));
  const before: KeyRing = { current: 1, keys: new Map([[1, first]]) };
  const after: KeyRing = {
    current: 2,
    keys: new Map([
      [1, first],
      [2, second],
    ]),
  };
  const token = mintToken("live").reveal();

  test("a hash under an older pepper is still found, the current one is looked for first", () => {
    const stored = hashToken(before, 1, token);
    const hashes = hashesOf(after, token);
    expect(hashes).toContainEqual(stored);
    expect(hashes).toHaveLength(2);
    expect(hashes[0]).toEqual(hashToken(after, 2, token));
    expect(hashes[0]).not.toEqual(stored);
  });

  test("a pepper that is gone finds nothing, and hashing under it is an error", () => {
    const gone: KeyRing = { current: 2, keys: new Map([[2, second]]) };
    expect(hashesOf(gone, token)).not.toContainEqual(hashToken(before, 1, token));
    expect(() => hashToken(gone, 1, token)).toThrow("no pepper of version 1");
  });

  test("another token has another hash, and the hash shows nothing of the token", () => {
    const hash = hashToken(before, 1, token);
    expect(hash).toHaveLength(32);
    expect(hash).not.toEqual(hashToken(before, 1, mintToken("live").reveal()));
    expect(hash.toString("latin1")).not.toContain(token.slice(10, 20));
  });
});
