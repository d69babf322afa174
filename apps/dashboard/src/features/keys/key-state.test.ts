import { expect, test } from "vitest";
import { keyState } from "./key-state.ts";

const NOW = Date.parse("2026-06-01T00:00:00Z");

test.for([
  ["works", null, null],
  ["works", "2026-07-01T00:00:00Z", null],
  ["ends-soon", "2026-06-02T00:00:00Z", null],
  ["expired", "2026-06-01T00:00:00Z", null],
  ["revoked", "2026-07-01T00:00:00Z", "2026-05-01T00:00:00Z"],
] as const)("%s: ends %s, revoked %s", ([state, expiresAt, revokedAt]) => {
  expect(keyState({ expiresAt, revokedAt }, NOW)).toBe(state);
});
