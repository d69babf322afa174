import { expect, test } from "vitest";
import type { Subject } from "./engine.ts";
import { previewPolicy } from "./preview.ts";

const subject: Subject = {
  agent: { id: "a", name: "deployer", project: "shop" },
  user: { id: "u", verified: true, roles: ["ops"], groups: [], scopes: [], claims: {} },
  session: { id: "s" },
  tier: "api",
};

function preview(text: string): string[] {
  const rows = previewPolicy([{ policyId: "p", version: 1, layer: "org", text }], subject);
  return rows.map(({ verb, resource, decision, conditional }) => {
    const lines = decision.rules.map(({ line }) => line).join(",");
    const maybe = conditional.map(({ line }) => line).join(",");
    return `${verb} ${resource}: ${decision.effect}${lines && ` by ${lines}`}${maybe && ` unless ${maybe}`}`;
  });
}

test("each verb and resource that the policy speaks of, with the decision and its line", () => {
  const rows = preview(`rules:
  - allow: git:*
    on: github.com/acme/**
  - approve: git:push
    on: branches/main
  - deny: [git:force_push, git:delete_ref, git:create_tag]
  - allow: s3:Get*
    on: data-lake/raw/*
  - allow: mcp:call
    on: crm/**
    who: { roles: ops }
  - deny: mcp:call
    on: crm/**
    if: args.count > 5
  - allow: mcp:call
    on: vault/**
    who: { roles: admin }
`);
  expect(rows).toEqual([
    "aws:s3:Get* arn:aws:s3:::data-lake/raw/*: allow by 7",
    "git:create_tag **: deny by 6",
    "git:create_tag github.com/acme/**: deny by 6",
    "git:delete_ref **: deny by 6",
    "git:delete_ref github.com/acme/**: deny by 6",
    "git:fetch github.com/acme/**: allow by 2",
    "git:force_push **: deny by 6",
    "git:force_push github.com/acme/**: deny by 6",
    "git:push **#refs/heads/main: approve by 4",
    "git:push github.com/acme/**: allow by 2",
    "mcp:call crm/**: allow by 9 unless 12",
    "mcp:call vault/**: deny",
  ]);
});

test("rules for other agents are not shown", () => {
  expect(preview("agent: other\nrules:\n  - allow: mcp:call\n")).toEqual([]);
});

test("more pairs than anybody reads are refused before they are decided", () => {
  const resources = Array.from({ length: 200 }, (_, at) => `r${at}`).join(", ");
  const verbs = Array.from({ length: 150 }, (_, at) => `custom:v${at}`).join(", ");
  const text = `rules:\n  - allow: custom:*\n    on: [${resources}]\n  - deny: [${verbs}]\n    who: { roles: x }\n`;
  expect(() => preview(text)).toThrow("more than 20000 pairs");
});
