import { expect, test } from "vitest";
import { slugOf } from "./identify.ts";

test.each([
  ["acme.yologateway.io", "acme"],
  ["ACME.YoloGateway.IO", "acme"],
  ["acme.yologateway.io:443", "acme"],
  ["acme.yologateway.io.", "acme"],
  ["acme.yologateway.io.:443", "acme"],
  // More than one label names no org, and so no key works there.
  ["a.b.yologateway.io", "a.b"],
  [".yologateway.io", ""],
  ["yologateway.io", null],
  ["notyologateway.io", null],
  ["acme.yologateway.io.evil.com", null],
  ["127.0.0.1:8787", null],
  ["[::1]:8787", null],
  ["", null],
])("G10: the host %s names %j", (host, slug) => {
  expect(slugOf(host, "yologateway.io")).toBe(slug);
});
