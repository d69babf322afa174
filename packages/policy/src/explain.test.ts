import type { Action, Verb } from "@yolo/core/action";
import { expect, test } from "vitest";
import type { PolicySource } from "./compile.ts";
import type { Subject } from "./engine.ts";
import { explainAction } from "./explain.ts";

const text = `agents: deployer
rules:
  - allow: git:push
    on: branches/feature/**
  - approve: git:push
    on: branches/main
    id: main-waits
  - allow: mcp:call
    on: crm/**
    who: { roles: sales }
  - allow: mcp:call
    on: crm/**
    if: args.count < 10
  - deny: mcp:call
    on: crm/export
    if: args.count > 5
---
mode: evaluate
rules:
  - deny: git:push
`;
const sources: readonly PolicySource[] = [{ policyId: "p", version: 2, layer: "org", text }];

function explain(verb: Verb, resource: string, args: Action["args"] = {}, agent = "deployer") {
  const subject: Subject = {
    agent: { id: "a", name: agent, project: "shop" },
    user: { id: "u", verified: true, roles: [], groups: [], scopes: [], claims: {} },
    session: { id: "s" },
    tier: "api",
  };
  const action: Action = { verb, resource, args, facts: {} };
  return explainAction(sources, { subject, action, moment: { now: 0, usage: {} } });
}

function failures(explanation: ReturnType<typeof explain>, step = 0): string[] {
  return (explanation.steps[step]?.rules ?? []).map(
    ({ rule, failed }) => `${rule.line}: ${failed ?? "matches"}`,
  );
}

test("why: the rules that match come first, then the nearer ones", () => {
  const why = explain("git:push", "github.com/acme/app#main");
  expect(why.decision).toMatchObject({ effect: "approve", would: "deny" });
  expect(failures(why)).toEqual([
    "5: matches",
    "20: matches",
    "3: resource",
    "8: verb",
    "11: verb",
    "14: verb",
  ]);
  const [first, second] = why.steps[0]?.rules ?? [];
  expect(first).toMatchObject({ text: "approve git:push on **#refs/heads/main", isEnforced: true });
  expect(second).toMatchObject({ isEnforced: false });
});

test("why not: each rule names the first part that does not hold", () => {
  const whyNot = explain("mcp:call", "crm/read", { count: 20 });
  expect(whyNot.decision.effect).toBe("deny");
  expect(failures(whyNot).slice(0, 3)).toEqual(["11: if", "8: roles", "14: resource"]);
});

test("a condition that fails says why; a deny counts nevertheless", () => {
  const failing = explain("mcp:call", "crm/export");
  expect(failing.decision.explanation).toBe(
    "Denied by the rule on line 14. Its condition failed, which counts as true here: field not found: count.",
  );
  expect(failing.steps[0]?.rules[0]).toMatchObject({
    failed: undefined,
    error: "field not found: count",
  });
});

test("a document for other agents is told as such", () => {
  expect(failures(explain("mcp:call", "crm/read", {}, "other")).slice(-5)).toEqual(
    ["3", "5", "8", "11", "14"].map((line) => `${line}: document`),
  );
});

test("a special verb is explained with its general one", () => {
  const forced = explain("git:force_push", "github.com/acme/app#feature/x");
  expect(forced.steps.map(({ action }) => action.verb)).toEqual(["git:force_push", "git:push"]);
  expect(failures(forced, 1)).toContain("3: matches");
});

test("what cannot be read has no steps and says so", () => {
  const unreadable = explain("http:get", "crm/%2561");
  expect(unreadable.steps).toEqual([]);
  expect(unreadable.decision.explanation).toContain("double percent-encoding");
});
