import fc from "fast-check";
import { expect, test } from "vitest";
import { slugOf } from "./slug-of.ts";

test.for([
  ["My Web App!", "my-web-app"],
  ["  Café – Zürich ", "cafe-zurich"],
  ["日本", ""],
  ["---", ""],
])("%j becomes %j", ([name = "", slug]) => {
  expect(slugOf(name)).toBe(slug);
});

test("whatever the name, the slug is one that the API takes, or empty", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (name) => {
      expect(slugOf(name)).toMatch(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)?$/);
    }),
  );
});
