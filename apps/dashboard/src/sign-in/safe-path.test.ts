import fc from "fast-check";
import { expect, test } from "vitest";
import { safePath } from "./safe-path.ts";

test.for([
  ["/acme", "/acme"],
  ["/acme/records?decision=deny&x=%2F#a", "/acme/records?decision=deny&x=%2F#a"],
  ["/invite/token", "/invite/token"],
  [undefined, "/"],
  ["", "/"],
  ["https://evil.example", "/"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["/a/..//evil.example", "/"],
  ["/.//evil.example", "/"],
  ["/\t/evil.example", "/"],
  ["/sign-in?next=/x", "/"],
  ["/api/auth/sign-out", "/"],
] as const)("%j leads to %j", ([asked, expected]) => {
  expect(safePath(asked)).toBe(expected);
});

test("whatever is asked for, a browser stays on this host", () => {
  const pieces = fc.constantFrom("/", "\\", ".", "..", "@", "evil.example", "%2f", "\t", "?", "#");
  const asked = fc.array(pieces, { maxLength: 8 }).map((parts) => `/${parts.join("")}`);
  fc.assert(
    fc.property(asked, (path) => {
      const url = new URL(safePath(path), "https://app.example.com");
      expect(url.origin).toBe("https://app.example.com");
      expect(url.pathname.startsWith("//")).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});
