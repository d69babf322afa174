import { expect, test } from "vitest";
import { diffPolicies } from "./diff.ts";

function changes(before: string, after: string): string[] {
  return diffPolicies(before, after).map((change) => {
    switch (change.kind) {
      case "added":
        return `+ ${change.after.line} ${change.after.text}`;
      case "removed":
        return `- ${change.before.line} ${change.before.text}`;
      case "changed":
        return `~ ${change.before.line} → ${change.after.line} ${change.parts.join(", ")}`;
      default:
        return `${change.name}: ${change.before} → ${change.after}`;
    }
  });
}

const BASE = `rules:
  - { allow: git:push, on: branches/feature/**, id: feature }
  - { allow: s3:GetObject, on: data/raw/* }
  - { deny: mcp:call, on: crm/purge }
`;

test("order, spelling and the form of a rule are no change", () => {
  const same = `# the same
mode: enforce
rules:
  - deny: [mcp:call]
    on: [CRM/purge]
  - allow: aws:s3:GetObject
    on: arn:aws:s3:::data/raw/*
  - allow: git:push
    on: "**#refs/heads/feature/**"
    id: feature
`;
  expect(changes(BASE, same)).toEqual([]);
});

test("rules that are added, removed and changed are told by their lines", () => {
  const other = `mode: evaluate
require: user
rules:
  - { approve: git:push, on: branches/feature/**, id: feature, reason: Ask. }
  - { deny: mcp:call, on: crm/**, who: { roles: intern } }
  - { allow: db:select, on: shop/** }
`;
  expect(changes(BASE, other)).toEqual([
    "mode: enforce → evaluate",
    "require:  → user",
    "~ 2 → 4 effect, reason",
    "~ 4 → 5 resources, who",
    "- 3 allow s3:GetObject on data/raw/*",
    "+ 6 allow db:select on shop/**",
  ]);
});

test("a rule that moves to a document in another mode is told, a mode that changes in place once", () => {
  const deny = "  - { deny: mcp:call, on: crm/purge }\n";
  const allow = "  - { allow: mcp:call }\n";
  const shadow = "---\nmode: evaluate\nrules:\n  - { allow: git:push }\n";
  expect(changes(`rules:\n${deny}${allow}${shadow}`, `rules:\n${allow}${shadow}${deny}`)).toEqual([
    "~ 2 → 7 mode",
  ]);
  expect(changes(`rules:\n${deny}${allow}`, `mode: evaluate\nrules:\n${deny}${allow}`)).toEqual([
    "mode: enforce → evaluate",
  ]);
  const kept = deny.replace(" }", ", always: true }");
  expect(changes(`rules:\n${kept}${allow}${shadow}`, `rules:\n${allow}${shadow}${kept}`)).toEqual(
    [],
  );
});

test("what a document requires and labels is told where it comes and goes", () => {
  const one = "rules:\n  - { allow: mcp:call }\n";
  const two = `${one}---\nrequire: user\nlabels: { phi: ehr/** }\nrules:\n  - { deny: git:push }\n`;
  expect(changes(one, two)).toEqual([
    "require:  → user",
    "labels:  → phi:ehr/**",
    "+ 7 deny git:push",
  ]);
  expect(changes(two, one)).toEqual([
    "require: user → ",
    "labels: phi:ehr/** → ",
    "- 7 deny git:push",
  ]);
});
