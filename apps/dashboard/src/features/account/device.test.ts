import { expect, test } from "vitest";
import { deviceOf } from "./device.ts";

const WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)";

test.for([
  [`Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} Chrome/141.0 Safari/537.36`, "Chrome on Linux"],
  [`Mozilla/5.0 (Windows NT 10.0) ${WEBKIT} Chrome/141.0 Safari/537.36 Edg/141`, "Edge on Windows"],
  ["Mozilla/5.0 (Macintosh; Intel) Gecko/20100101 Firefox/144.0", "Firefox on macOS"],
  [`Mozilla/5.0 (iPhone; CPU) ${WEBKIT} Version/19.0 Mobile Safari/604.1`, "Safari on iPhone"],
  ["curl/8.14.1", "curl"],
  [null, "Unknown program"],
] as const)("%s is shown as %s", ([userAgent, device]) => {
  expect(deviceOf(userAgent)).toBe(device);
});
