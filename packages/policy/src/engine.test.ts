import type { Action, Verb } from "@yolo/core/action";
import { describe, expect, test } from "vitest";
import { compilePolicy } from "./compile.ts";
import type { Engine, Subject } from "./engine.ts";
import { lintPolicy } from "./lint.ts";

const subject: Subject = {
  agent: { id: "a1", name: "deployer", project: "shop" },
  user: { id: "u1", verified: false, roles: ["sales"], groups: [], scopes: [], claims: {} },
  session: { id: "s1" },
  tier: "interactive",
};
const moment = { now: 0, usage: {} };

function engineOf(...texts: readonly string[]): Engine {
  return compilePolicy(
    texts.map((text, index) => ({ policyId: `p${index}`, version: 3, layer: "org", text })),
  );
}

function attempt(verb: Verb, resource: string): Action {
  return { verb, resource, args: {}, facts: {} };
}

const DEMO = `version: 1
rules:
  - allow: [llm:invoke, llm:count_tokens, llm:list_models]
    on: [anthropic/claude-*, anthropic/models]
  - deny: llm:invoke
    on: anthropic/claude-opus-4-1
    id: no-opus
    reason: Use a smaller model.
  - deny: [llm:mcp_server, llm:server_tool]
    always: true
`;

describe("the demo policy", () => {
  const engine = engineOf(DEMO);

  test("publishes without an issue", () => {
    expect(lintPolicy(DEMO)).toEqual([]);
  });

  test("allows the models it names", () => {
    const decision = engine.decide(
      subject,
      attempt("llm:invoke", "anthropic/claude-sonnet-4-5"),
      moment,
    );
    expect(decision).toMatchObject({ effect: "allow", would: "allow" });
    expect(decision.rules).toEqual([
      { id: "line 3", policyId: "p0", version: 3, line: 3, effect: "allow" },
    ]);
  });

  test("a refusal names the rule, its line and its reason", () => {
    const decision = engine.decide(
      subject,
      attempt("llm:invoke", "anthropic/claude-opus-4-1"),
      moment,
    );
    expect(decision.effect).toBe("deny");
    expect(decision.explanation).toBe("Denied by rule `no-opus` (line 5): Use a smaller model.");
  });

  test("what nothing allows is denied, with the nearest rule", () => {
    const decision = engine.decide(subject, attempt("llm:invoke", "openai/gpt-5"), moment);
    expect(decision).toMatchObject({ effect: "deny", rules: [] });
    expect(decision.explanation).toBe(
      "No rule allows llm:invoke on openai/gpt-5. The nearest rule is line 3 (allow llm:invoke, llm:count_tokens, llm:list_models on anthropic/claude-*, anthropic/models): the resource does not match.",
    );
  });

  test("of several actions the strictest rules, and the explanation names it", () => {
    const decision = engine.decideAll(
      subject,
      [
        attempt("llm:invoke", "anthropic/claude-sonnet-4-5"),
        attempt("llm:mcp_server", "evil.example/sse"),
      ],
      moment,
    );
    expect(decision.effect).toBe("deny");
    expect(decision.explanation).toBe(
      "llm:mcp_server on evil.example/sse: Denied by the rule on line 9.",
    );
  });
});

test("while a document is in evaluate only its rules marked always are enforced", () => {
  const engine = engineOf(`mode: evaluate\n${DEMO}`);
  const opus = engine.decide(subject, attempt("llm:invoke", "anthropic/claude-opus-4-1"), moment);
  expect(opus).toMatchObject({ effect: "allow", would: "deny", rules: [] });
  const server = engine.decide(subject, attempt("llm:mcp_server", "evil.example/sse"), moment);
  expect(server).toMatchObject({ effect: "deny", would: "deny" });
});

test("an allow in evaluate is the nearest rule where another document is enforced", () => {
  const engine = engineOf(
    "mode: evaluate\nrules:\n  - allow: mcp:call\n",
    "rules:\n  - allow: git:push\n",
  );
  const decision = engine.decide(subject, attempt("mcp:call", "crm/read"), moment);
  expect(decision).toMatchObject({ effect: "deny", would: "allow" });
  expect(decision.explanation).toBe(
    "No rule allows mcp:call on crm/read. The nearest rule is line 3 (allow mcp:call): its document is in evaluate.",
  );
});

test("an agent that no policy is for is told so", () => {
  const engine = engineOf("agent: reviewer\nrules:\n  - allow: mcp:call\n");
  const { explanation } = engine.decide(subject, attempt("mcp:call", "crm/read"), moment);
  expect(explanation).toBe("No rule allows mcp:call on crm/read. No policy is for this agent.");
});

test("roles of a user who is not verified count for nothing", () => {
  const engine = engineOf("rules:\n  - allow: mcp:call\n    who: { roles: sales }\n");
  const verified = { ...subject, user: { ...subject.user, verified: true } };
  expect(engine.decide(subject, attempt("mcp:call", "crm/read"), moment).effect).toBe("deny");
  expect(engine.decide(verified, attempt("mcp:call", "crm/read"), moment).effect).toBe("allow");
});

test("a boundary never grants and denies what it does not allow", () => {
  const boundary = "boundary: true\nrules:\n  - allow: git:*\n";
  const ordinary = "rules:\n  - allow: ['git:fetch', 'mcp:call']\n";
  expect(engineOf(boundary).decide(subject, attempt("git:fetch", "h/a/b"), moment).effect).toBe(
    "deny",
  );
  const both = engineOf(ordinary, boundary);
  expect(both.decide(subject, attempt("git:fetch", "h/a/b"), moment).effect).toBe("allow");
  expect(both.decide(subject, attempt("mcp:call", "crm/read"), moment).effect).toBe("deny");
});

test("a forced push must pass as a push too", () => {
  const engine = engineOf(
    "rules:\n  - allow: git:*\n  - approve: git:push\n    on: github.com/acme/*#refs/heads/main\n",
  );
  const forced = attempt("git:force_push", "github.com/acme/app#refs/heads/main");
  expect(engine.decide(subject, forced, moment).effect).toBe("approve");
});

test("without any policy everything is denied", () => {
  expect(engineOf().decide(subject, attempt("git:fetch", "h/a/b"), moment).effect).toBe("deny");
});

test("a policy with an error compiles to nothing", () => {
  expect(() => engineOf("rules:\n  - alow: git:push\n")).toThrow("Line 2: unknown key `alow`");
});
