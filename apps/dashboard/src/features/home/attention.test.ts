import { expect, test } from "vitest";
import type { Output } from "../../data/api.ts";
import { endingKeys, firstSteps, someCalls } from "./attention.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const DAY_MS = 86_400_000;

type Key = Output<"GET /agent-keys">["data"][number];

function key(id: string, rest: Partial<Key>): Key {
  return {
    ...{ id, agentId: "agt_1", memberId: "mem_1", kind: "live", name: null, lastFour: "wxyz" },
    ...{ prefix: "ylg_live_", createdAt: "2026-01-01T00:00:00Z", expiresAt: null },
    ...{ revokedAt: null, rotatedFrom: null, lastUsedAt: null },
    ...rest,
  };
}

function textsOf(...keys: readonly Key[]): readonly string[] {
  return endingKeys({ data: [...keys], nextBefore: null }, NOW).map(({ text }) => text);
}

function inDays(days: number): string {
  return new Date(NOW + days * DAY_MS).toISOString();
}

test("a key that ends within a week is told of, one day before the week is over or on its last", () => {
  expect(textsOf(key("a", { expiresAt: inDays(6.9) }))).toEqual(["The key …wxyz ends in 6 days"]);
  expect(textsOf(key("a", { expiresAt: inDays(1.5) }))).toEqual(["The key …wxyz ends in one day"]);
  expect(textsOf(key("a", { expiresAt: inDays(0.2) }))).toEqual(["The key …wxyz ends today"]);
});

test("a key that has ended, was revoked, lasts or was taken over from wants nobody's eye", () => {
  expect(textsOf(key("a", { expiresAt: inDays(-1) }))).toEqual([]);
  expect(textsOf(key("a", { expiresAt: inDays(2), revokedAt: inDays(-1) }))).toEqual([]);
  expect(textsOf(key("a", { expiresAt: inDays(8) }), key("b", {}))).toEqual([]);
  expect(textsOf(key("a", { expiresAt: inDays(2) }), key("b", { rotatedFrom: "a" }))).toEqual([]);
});

test("a count that is not exact says so", () => {
  const counts = { bound: 10_000, byDecision: null, byAgent: null };
  expect(someCalls({ ...counts, total: 1, isExact: true })).toBe("1 call");
  expect(someCalls({ ...counts, total: 1_200, isExact: true })).toBe("1,200 calls");
  expect(someCalls({ ...counts, total: 10_000, isExact: false })).toBe("more than 10,000 calls");
});

test("the first steps are told of until they are done or put away", () => {
  const steps = { project: true, key: true, firstCall: false, firstRefusal: false };
  const open = { ...steps, ownPolicy: false, invited: false, dismissed: false };
  expect(firstSteps(open).map(({ text }) => text)).toEqual(["First steps: 2 of 6 done"]);
  expect(firstSteps({ ...open, dismissed: true })).toEqual([]);
  const done = { firstCall: true, firstRefusal: true, ownPolicy: true, invited: true };
  expect(firstSteps({ ...open, ...done })).toEqual([]);
});
