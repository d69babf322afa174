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
