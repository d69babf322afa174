import { describe, expect, test } from "vitest";
import { lintLanguage, lintPolicy } from "./lint.ts";

/** `line:column severity code`, one line per issue. */
function linted(text: string, lint = lintPolicy): string[] {
  return lint(text).map(
    ({ line, column, severity, code }) => `${line}:${column} ${severity} ${code}`,
  );
}

function messages(text: string): string {
  return lintPolicy(text)
    .map(({ message }) => message)
    .join("\n");
}

const rule = (...lines: readonly string[]): string =>
  `rules:\n${lines.map((line) => `  ${line}\n`).join("")}`;

describe("every problem has its place", () => {
  test.each<[string, string, readonly string[]]>([
    ["nothing", "", ["1:1 error empty_policy"]],
    ["only a comment", "# nothing\n", ["1:1 error empty_policy"]],
    ["an empty document", "---\nrules: [{ allow: mcp:call }]\n---\n", ["4:1 error empty_document"]],
    ["not a map", "- a\n- b\n", ["1:1 error wrong_type"]],
    ["no rules", "mode: enforce\n", ["1:1 error no_rules"]],
    ["an unknown key", rule("- alow: mcp:call"), ["2:5 error unknown_key"]],
    ["an unknown word", "mode: on\npolicies: [mcp:call on x]\n", ["1:7 error unknown_word"]],
    ["another version", "version: 2\npolicies: [mcp:call on x]\n", ["1:10 error unknown_word"]],
    ["a number for a text", rule("- allow: mcp:call", "  on: [a, 3]"), ["3:13 error wrong_type"]],
    ["a text for a list", "rules: mcp:call\n", ["1:8 error wrong_type"]],
    ["an empty list", "rules: []\n", ["1:8 error too_small"]],
    ["a key twice", rule("- allow: mcp:call", "  on: a", "  on: b"), ["4:5 error duplicate_key"]],
    ["two effects", rule("- allow: mcp:call", "  deny: mcp:call"), ["2:5 error not_one_effect"]],
    ["no effect", rule("- on: a"), ["2:5 error not_one_effect"]],
    [
      "an id twice",
      rule("- { allow: mcp:call, id: a }", "- { deny: mcp:read, id: a }"),
      ["3:27 error repeated_id"],
    ],
    ["a wrong id", rule("- { allow: mcp:call, id: A b }"), ["2:28 error wrong_form"]],
    ["an unknown family", rule("- allow: gti:push"), ["2:12 error unknown_verb"]],
    ["an unknown verb", rule("- allow: [mcp:call, git:pusch]"), ["2:23 error unknown_verb"]],
    ["a wildcard that reaches nothing", rule("- allow: git:x*"), ["2:12 error unknown_verb"]],
    ["a verb that is none", rule("- allow: push"), ["2:12 error unknown_verb"]],
    ["no sentence", "policies:\n  - git:push branches/x\n", ["2:5 error not_a_sentence"]],
    ["a sentence's verb", "policies:\n  - git:pusch on branches/x\n", ["2:5 error unknown_verb"]],
    [
      "not an ARN",
      rule("- { allow: ecs:UpdateService, on: staging }"),
      ["2:37 error wrong_resource"],
    ],
    ["open braces", rule("- { allow: mcp:call, on: 'a{b' }"), ["2:28 error wrong_resource"]],
    [
      "brackets in a glob",
      rule("- { allow: mcp:call, on: 'a[b]' }"),
      ["2:28 error wrong_resource"],
    ],
    ["dots in a resource", rule("- { deny: http:get, on: a/../b }"), ["2:27 error wrong_resource"]],
    ["two alphabets", rule("- { deny: mcp:call, on: cl\u0430ude }"), ["2:27 error wrong_resource"]],
    [
      "a deny that leaks",
      rule("- { deny: mcp:call, on: [x/**, a/*] }"),
      ["2:34 error leaks_by_depth"],
    ],
    [
      "an approve that leaks",
      rule("- { approve: git:push, on: 'h/a/b#x/*' }"),
      ["2:30 error leaks_by_depth"],
    ],
    [
      "a sentence that leaks",
      "requires_approval: true\npolicies:\n  - mcp:call on a/*\n",
      ["3:5 warning leaks_by_depth"],
    ],
    [
      "a deny that leaks in braces",
      rule("- { deny: mcp:call, on: 'a/{*,b}' }"),
      ["2:27 error leaks_by_depth"],
    ],
    [
      "a deny that leaks before a slash",
      rule("- { deny: http:get, on: a/*/ }"),
      ["2:27 error leaks_by_depth"],
    ],
    ["an allow of one segment", rule("- { allow: mcp:call, on: a/* }"), []],
    [
      "a path that verbs read in two ways",
      rule("- { deny: 'tool:*', on: /etc/./passwd }"),
      ["2:27 error wrong_resource"],
    ],
    [
      "an address that verbs read in two ways",
      rule("- { deny: 'llm:*', on: evil.example/%61 }"),
      ["2:26 error wrong_resource"],
    ],
    ["an address for any tool", rule("- { deny: 'tool:*', on: 'https://evil.example/**' }"), []],
    [
      "a host with a scheme",
      rule("- { deny: git:push, on: 'https://h/a/b' }"),
      ["2:27 error wrong_resource"],
    ],
    [
      "an international host",
      rule("- { deny: llm:fetch_url, on: b\u00fccher.example/** }"),
      ["2:32 error wrong_resource"],
    ],
    [
      "an ARN beside a path",
      rule("- { deny: [s3:PutObject, http:put], on: ['arn:aws:s3:::a/*', a/**] }"),
      [],
    ],
    ["nobody", rule("- { deny: mcp:call, who: {} }"), ["2:28 error wrong_value"]],
    ["a deny in AWS", rule("- { deny: s3:PutObject, on: a/* }"), []],
    [
      "both selections",
      "agent: a\nagents: [b]\npolicies: [mcp:call on x]\n",
      ["2:1 error two_selections"],
    ],
    [
      "no sentences to approve",
      `requires_approval: true\n${rule("- allow: mcp:call")}`,
      ["1:1 error no_sentences"],
    ],
    [
      "a condition that is none",
      rule("- { allow: mcp:call, if: 'a ==' }"),
      ["2:31 error wrong_condition"],
    ],
    [
      "a name in a condition",
      rule("- { allow: mcp:call, if: 'args.n > limit' }"),
      ["2:38 error wrong_condition"],
    ],
    [
      "a fact of another family",
      rule("- { deny: http:get, if: facts.force }"),
      ["2:32 error wrong_condition"],
    ],
    [
      "an attempt with a wildcard",
      `${rule("- allow: mcp:call")}tests:\n  - { name: a, action: "mcp:*", on: x, expect: allow }\n`,
      ["4:24 error unknown_verb"],
    ],
    [
      "a failing test",
      `${rule("- allow: mcp:call")}tests:\n  - { name: a, action: mcp:read, on: x, expect: allow }\n`,
      ["4:49 error test_failed"],
    ],
    [
      "a test of another rule",
      `${rule("- allow: mcp:call")}tests:\n  - { name: a, action: mcp:call, on: x, expect: allow, rule: r }\n`,
      ["4:62 error test_failed"],
    ],
  ])("%s", (_, text, expected) => {
    expect(linted(text)).toEqual(expected);
  });
});

describe("what is legal and probably not meant is a warning", () => {
  test.each<[string, string, readonly string[]]>([
    ["everything is allowed", rule("- allow: '*'"), ["2:5 warning allows_everything"]],
    [
      "everything is allowed, the long way",
      rule("- { allow: '*', on: '**' }"),
      ["2:5 warning allows_everything"],
    ],
    ["everything for someone", rule("- { allow: '*', who: { roles: admin } }"), []],
    [
      "a deny that rests on a role",
      rule("- { deny: mcp:call, who: { roles: intern } }", "- allow: mcp:call"),
      ["2:23 warning unverified_user"],
    ],
    [
      "a deny that reads a claim",
      rule("- { deny: mcp:call, if: user.claims.level < 3 }", "- allow: mcp:call"),
      ["2:27 warning unverified_user"],
    ],
    [
      "the same with a user required",
      `require: user\n${rule("- { deny: mcp:call, who: { roles: intern } }", "- allow: mcp:call")}`,
      [],
    ],
    [
      "an allow below a deny",
      rule("- { allow: mcp:call, on: crm/read }", "- { deny: mcp:*, on: crm/** }"),
      ["2:5 warning shadowed"],
    ],
    [
      "an approve below a deny",
      rule("- { deny: mcp:call }", "- { approve: mcp:call, on: crm/** }"),
      ["3:5 warning shadowed"],
    ],
    [
      "an allow partly below a deny",
      rule("- { allow: mcp:call, on: crm/** }", "- { deny: mcp:call, on: crm/purge }"),
      [],
    ],
    [
      "a deny with a condition",
      rule("- { allow: mcp:call }", "- { deny: mcp:call, if: args.n > 1 }"),
      [],
    ],
    [
      "another document's deny",
      `${rule("- { allow: mcp:call, on: crm/read }")}---\n${rule("- deny: mcp:call")}`,
      ["2:5 warning shadowed"],
    ],
    [
      "another agent's deny",
      `${rule("- { allow: mcp:call }")}---\nagent: x\n${rule("- deny: mcp:call")}`,
      [],
    ],
    [
      "a deny in evaluate",
      `${rule("- { allow: mcp:call }")}---\nmode: evaluate\n${rule("- deny: mcp:call")}`,
      [],
    ],
    [
      "agents the document is not for",
      `agent: a\n${rule("- { allow: mcp:call, who: { agents: b } }")}`,
      ["3:24 warning never_matches"],
    ],
    ["a service that is none", rule("- { deny: 'aws:s33:*' }"), ["2:5 warning unknown_service"]],
    [
      "a condition on nothing",
      rule("- { allow: mcp:call, if: 1 == 2 }"),
      ["2:28 warning constant_condition"],
    ],
    ["a document that only requires", "require: user\n", ["1:1 warning allows_nothing"]],
  ])("%s", (_, text, expected) => {
    expect(linted(text)).toEqual(expected);
  });
});

describe("words of the language that nothing enforces yet", () => {
  test.each<[string, string]>([
    ["limits", "limits:\n  - { rate: 100 per minute, per: agent }\n"],
    ["content", "content:\n  - { find: us_ssn, do: redact }\n"],
    [
      "volumes",
      `volumes:\n  mails: { sum: size(args.to), of: mcp:call, over: 1h }\n${rule("- allow: mcp:call")}`,
    ],
    [
      "usage.*",
      `volumes:\n  mails: { sum: size(args.to), of: mcp:call, over: 1h }\n${rule("- { allow: mcp:call, if: usage.mails < 3 }")}`,
    ],
    ["content.*", rule("- { allow: mcp:call, if: size(content.findings) == 0 }")],
    ["by", rule("- { approve: git:push, by: group:release }")],
    ["quorum", rule("- { approve: git:push, quorum: 2 }")],
    ["within", rule("- { approve: git:push, within: 30m }")],
    ["hold", rule("- { approve: git:push, hold: 10m }")],
    ["notify", rule("- { approve: git:push, notify: [slack:#deploys, telegram:on-call] }")],
  ])("%s is understood and refuses to publish", (word, text) => {
    expect(lintLanguage(text).filter(({ severity }) => severity === "error")).toEqual([]);
    expect(messages(text)).toContain(`\`${word}\` is not supported by this version`);
  });

  test.each<[string, string, string]>([
    ["a rate that is none", "limits:\n  - { rate: often }\n", "2:13 error wrong_form"],
    [
      "two limits in one",
      "limits:\n  - { rate: 1 per hour, budget: $5 per day }\n",
      "2:5 error not_one_limit",
    ],
    [
      "an alert on a rate",
      "limits:\n  - { rate: 1 per hour, alert: [50%] }\n",
      "2:25 error not_a_budget",
    ],
    ["an approver that is none", rule("- { approve: git:push, by: ada }"), "2:30 error wrong_form"],
    [
      "a quorum that cannot be",
      rule("- { approve: git:push, by: [member:a], quorum: 2 }"),
      "2:50 error unsatisfiable_quorum",
    ],
    [
      "a hold beyond the end",
      rule("- { approve: git:push, within: 5m, hold: 1h }"),
      "2:44 error holds_too_long",
    ],
    [
      "an approver of an allow",
      rule("- { allow: git:push, by: group:x }"),
      "2:28 error not_an_approval",
    ],
    [
      "an unknown counter",
      rule("- { allow: mcp:call, if: usage.nothing > 1 }"),
      "2:33 error wrong_condition",
    ],
    [
      "a sum of no number",
      `volumes:\n  a: { sum: agent.name, of: mcp:call, over: 1h }\n${rule("- allow: mcp:call")}`,
      "2:13 error wrong_condition",
    ],
  ])("%s", (_, text, expected) => {
    expect(linted(text, lintLanguage)).toContain(expected);
  });
});

test("a misspelt word is told what was probably meant", () => {
  expect(messages(rule("- { deny: mcp:call, allways: true }"))).toContain("did you mean `always`?");
  expect(messages(rule("- allow: git:pusch"))).toContain("did you mean `git:push`?");
  expect(messages(rule("- allow: gti:push"))).toContain("write `git:`");
  expect(messages(rule("- { allow: mcp:call, who: { role: x } }"))).toContain(
    "did you mean `roles`?",
  );
});

test("a failing test says what was decided and why", () => {
  const text = `${rule("- { deny: mcp:call, id: closed, reason: Not today. }")}tests:\n  - { name: it opens, action: mcp:call, on: x, expect: allow }\n`;
  expect(messages(text)).toBe(
    "test `it opens` expects allow; decided: deny. Denied by rule `closed` (line 2): Not today.",
  );
});
