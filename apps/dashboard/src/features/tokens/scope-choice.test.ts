import { expect, test } from "vitest";
import { nounsOf, toggleScope } from "./scope-choice.ts";

test("permissions stand by their noun, and nouns that begin alike stay apart", () => {
  expect(nounsOf(["agents:read", "agent-keys:read", "agents:write"])).toEqual([
    { noun: "agents", permissions: ["agents:read", "agents:write"] },
    { noun: "agent-keys", permissions: ["agent-keys:read"] },
  ]);
});

test("a scope is chosen and put back; all of a noun takes the place of its parts and of no other's", () => {
  const two = toggleScope(toggleScope([], "agents:read"), "agent-keys:read");
  expect(two).toEqual(["agents:read", "agent-keys:read"]);
  expect(toggleScope(two, "agents:*")).toEqual(["agent-keys:read", "agents:*"]);
  expect(toggleScope(two, "agents:read")).toEqual(["agent-keys:read"]);
});
