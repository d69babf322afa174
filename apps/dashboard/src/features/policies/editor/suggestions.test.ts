import { policyJsonSchema } from "@yolo/policy/json-schema";
import { describe, expect, test } from "vitest";
import { NOTHING_KNOWN } from "./known.ts";
import { suggestionsAt } from "./suggestions.ts";

const schema = policyJsonSchema();
const known = {
  ...NOTHING_KNOWN,
  agents: ["deployer"],
  projects: ["web"],
  resources: [
    { family: "llm", resource: "anthropic/claude-sonnet-4-5" },
    { family: "mcp", resource: "crm/read" },
  ],
};

/** `|` is the cursor. */
function at(marked: string) {
  const offset = marked.indexOf("|");
  const text = marked.replace("|", "");
  const found = suggestionsAt(text, offset, { schema, known });
  const labels = found?.options.map(({ label }) => label) ?? [];
  return { labels, word: text.slice(found?.from ?? offset, offset), found };
}

describe("keys", () => {
  test("of a document, but those that stand there and those that no version publishes yet", () => {
    const { labels, word } = at("version: 1\nmode: enforce\nru|");
    expect(labels).toEqual(expect.arrayContaining(["rules", "tests", "policies", "require"]));
    for (const taken of ["version", "mode", "limits", "content", "volumes"]) {
      expect(labels).not.toContain(taken);
    }
    expect(word).toBe("ru");
  });

  test("of a rule, in a new item and on a line below it", () => {
    expect(at("rules:\n  - |").labels).toEqual(expect.arrayContaining(["allow", "deny", "on"]));
    const { labels } = at("rules:\n  - deny: git:push\n    |\n    reason: no\ntests:\n");
    expect(labels).toEqual(expect.arrayContaining(["on", "who", "if", "id", "always"]));
    for (const taken of ["deny", "reason", "by", "quorum"]) expect(labels).not.toContain(taken);
  });

  test("of `who`, below it and in braces", () => {
    expect(at("rules:\n  - allow: '*'\n    who:\n      ro|").labels).toContain("roles");
    const { labels, word } = at("rules:\n  - allow: '*'\n    who: { roles: [a], sc|");
    expect(labels).toContain("scopes");
    expect(labels).not.toContain("roles");
    expect(word).toBe("sc");
  });

  test("of the second document alone behind its marker", () => {
    expect(at("version: 1\nrules: []\n---\n|").labels).toContain("version");
  });

  test("of a list that stands as far left as its key", () => {
    expect(at("rules:\n- allow: git:fetch\n  o|").labels).toContain("on");
    expect(at("rules:\n- allow: git:fetch\nte|").labels).toContain("tests");
  });
});

describe("values", () => {
  test("that the schema names one by one", () => {
    expect(at("mode: |").labels).toEqual(["enforce", "evaluate"]);
    expect(at("tests:\n  - expect: a|").labels).toEqual(["allow", "approve", "deny"]);
    expect(at("boundary: |").labels).toEqual(["true", "false"]);
    expect(at("rules:\n  - allow: '*'\n    who: { tiers: [|").labels).toContain("subagent");
  });

  test("verbs, alone and in lists; an attempt has no wildcards", () => {
    const { labels, word } = at("rules:\n  - deny: [git:force_push, git:|");
    expect(labels).toEqual(expect.arrayContaining(["git:delete_ref", "git:*"]));
    expect(word).toBe("git:");
    expect(at("rules:\n  - allow: aws:|").labels).toContain("aws:s3:*");
    expect(at("tests:\n  - action: |").labels).not.toContain("git:*");
    expect(at("rules:\n  - deny:\n      - git:|").labels).toContain("git:push");
  });

  test("resources that agents acted on, of the family that the rule is about", () => {
    const { labels } = at("rules:\n  - allow: llm:invoke\n    on: |");
    expect(labels[0]).toBe("anthropic/claude-sonnet-4-5");
    expect(labels).not.toContain("crm/read");
    expect(at("rules:\n  - on: |\n    allow: mcp:call\n").labels).toContain("crm/read");
  });

  test("sentences: the verb, then what it is about", () => {
    expect(at("policies:\n  - git:|").labels).toContain("git:push");
    expect(at("policies:\n  - mcp:call on |").labels).toContain("mcp:call on crm/read");
  });

  test("agents and projects of the org", () => {
    expect(at("agent: |").labels).toEqual(["deployer"]);
    expect(at("tests:\n  - project: |").labels).toEqual(["web"]);
  });
});

describe("conditions", () => {
  test("variables and functions, then the fields of a variable", () => {
    expect(at("rules:\n  - deny: git:push\n    if: |").labels).toEqual(
      expect.arrayContaining(["agent", "facts", "now", "size", "has"]),
    );
    expect(at("rules:\n  - deny: git:push\n    if: agent.|").labels).toEqual([
      "id",
      "name",
      "project",
    ]);
  });

  test("facts of the rule's verbs, and the methods of their types", () => {
    const git = at('rules:\n  - deny: git:push\n    if: "!facts.fo|');
    expect(git.labels).toEqual(expect.arrayContaining(["force", "commits", "files"]));
    expect(git.word).toBe("fo");
    expect(at("rules:\n  - deny: git:push\n    if: facts.author.|").labels).toContain("endsWith");
    expect(at("rules:\n  - deny: git:push\n    if: now.|").labels).toContain("getHours");
  });

  test("nothing that this version would refuse", () => {
    const { labels } = at("rules:\n  - deny: git:push\n    if: |");
    expect(labels).not.toContain("usage");
    expect(labels).not.toContain("content");
  });
});

test("nothing is suggested in comments and blocks of text", () => {
  expect(at("# mo|").found).toBeUndefined();
  expect(at("mode: enforce # e|").found).toBeUndefined();
  expect(
    at("rules:\n  - allow: '*'\n    reason: |\n".replace("|\n", ">\n      because |")).found,
  ).toBeUndefined();
});
