import type { Verb } from "@yolo/core/action";
import { describe, expect, test } from "vitest";
import { compilePolicy } from "./compile.ts";
import type { Engine, Subject } from "./engine.ts";
import { lintPolicy } from "./lint.ts";
import { STARTERS } from "./starters.ts";

const subject: Subject = {
  agent: { id: "a", name: "agent", project: "shop" },
  user: { id: "u", verified: false, roles: [], groups: [], scopes: [], claims: {} },
  session: { id: "s" },
  tier: "interactive",
};

function engineOf(text: string): Engine {
  return compilePolicy([{ policyId: "p", version: 1, layer: "project", text }]);
}

function effect(engine: Engine, verb: Verb, resource: string): string {
  const action = { verb, resource, args: {}, facts: {} };
  return engine.decide(subject, action, { now: 0, usage: {} }).effect;
}

describe.each(STARTERS.map((starter) => [starter.id, starter] as const))("%s", (_, { text }) => {
  test("publishes without an error or a warning", () => {
    expect(lintPolicy(text)).toEqual([]);
  });

  test("lets Claude Code talk to its models", () => {
    const engine = engineOf(text);
    for (const model of ["claude-sonnet-4-5-20250929", "claude-haiku-4-5", "claude-opus-4-1"]) {
      expect(effect(engine, "llm:invoke", `anthropic/${model}`)).toBe("allow");
    }
    expect(effect(engine, "llm:list_models", "anthropic/models")).toBe("allow");
  });

  test("denies what makes the provider itself act, in evaluate too", () => {
    for (const engine of [engineOf(text), engineOf(`mode: evaluate\n${text}`)]) {
      expect(effect(engine, "llm:mcp_server", "mcp.example/sse")).toBe("deny");
      expect(effect(engine, "llm:server_tool", "anthropic/web_search_20250305")).toBe("deny");
    }
  });

  test("in evaluate the first call succeeds", () => {
    expect(effect(engineOf(`mode: evaluate\n${text}`), "db:drop", "shop/public/orders")).toBe(
      "allow",
    );
  });
});

describe("Claude Code safe", () => {
  const [{ text } = { text: "" }] = STARTERS;
  const engine = engineOf(text);

  test("has at most 20 lines", () => {
    expect(text.trim().split("\n").length).toBeLessThanOrEqual(20);
  });

  test("the late-night deploy waits for a person", () => {
    expect(effect(engine, "git:push", "github.com/acme/app#refs/heads/main")).toBe("approve");
    expect(effect(engine, "git:push", "github.com/acme/app#refs/heads/feature/x")).toBe("allow");
  });

  test("the clean-up deletes nothing", () => {
    expect(effect(engine, "aws:s3:DeleteObject", "arn:aws:s3:::backups/2019")).toBe("deny");
    expect(effect(engine, "aws:logs:DeleteLogGroup", "arn:aws:logs:eu-west-1:1:log-group:x")).toBe(
      "deny",
    );
    expect(effect(engine, "aws:iam:DeleteRole", "arn:aws:iam::1:role/x")).toBe("deny");
  });

  test("the agent's own work goes on", () => {
    expect(effect(engine, "tool:Bash", "npm test")).toBe("allow");
    expect(effect(engine, "tool:Write", "/work/repo/a.ts")).toBe("allow");
    expect(effect(engine, "agent:spawn", "reviewer")).toBe("allow");
  });
});
