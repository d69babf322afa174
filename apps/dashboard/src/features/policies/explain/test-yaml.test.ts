import { hiddenCharacter } from "@yolo/policy/hostile-text";
import { lintPolicy } from "@yolo/policy/lint";
import { parsePolicy } from "@yolo/policy/parse";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type TestFacts, testYaml, withTest } from "./test-yaml.ts";

const RULES = "version: 1\nrules:\n  - allow: git:push\n    on: branches/feature/**\n";
const FACTS: TestFacts = {
  ...{ name: "a feature branch: fine", agent: "deployer", project: "web", tier: "api" },
  ...{ action: "git:push", on: "github.com/acme/app#refs/heads/feature/x" },
  ...{ user: { roles: ["dev"] }, args: { n: 1 }, facts: { force: false }, expect: "allow" },
};

function testsOf(text: string | undefined) {
  const { documents, issues } = parsePolicy(text ?? "");
  expect(issues).toEqual([]);
  return documents.flatMap(({ tests }) => tests);
}

describe("a test that was tried", () => {
  test("says in the text what was tried, and passes there", () => {
    const text = withTest(RULES, testYaml(FACTS));
    expect(testsOf(text)).toMatchObject([
      {
        ...{ name: { value: FACTS.name }, agent: "deployer", project: "web", tier: "api" },
        ...{ user: { roles: ["dev"] }, args: { n: 1 }, facts: { force: false } },
        expect: { value: "allow" },
      },
    ]);
    expect(lintPolicy(text ?? "")).toEqual([]);
  });

  test("comes behind the tests that stand there, whatever stands below them", () => {
    const tests = "tests:\n- { name: a, action: git:push, on: x, expect: deny }\n\n";
    const once = withTest(`${tests}${RULES}`, testYaml(FACTS));
    const twice = withTest(once ?? "", testYaml({ ...FACTS, name: "again" }));
    expect(testsOf(twice).map(({ name }) => name.value)).toEqual(["a", FACTS.name, "again"]);
  });

  test("belongs to the last document", () => {
    const text = withTest(`${RULES}---\nagent: other\n${RULES}`, testYaml(FACTS));
    expect(parsePolicy(text ?? "").documents.map(({ tests }) => tests.length)).toEqual([0, 1]);
  });

  test("keeps any name and resource as they are", () => {
    const characters = fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 });
    const readable = characters.filter((text) => hiddenCharacter(text) === undefined);
    fc.assert(
      fc.property(readable, readable, (name, on) => {
        const [read] = testsOf(withTest(RULES, testYaml({ ...FACTS, name, on })));
        expect([read?.name.value, read?.on.value]).toEqual([name, on]);
      }),
    );
  });
});

describe("a test that is pasted", () => {
  const lines = ["name: pasted", "action: git:push", "on: x", "expect: deny"];

  test.each([
    ["as an item", `- ${lines.join("\n  ")}`],
    ["under its key", `tests:\n  - ${lines.join("\n    ")}\n`],
    ["bare and indented", `    ${lines.join("\n    ")}`],
    ["in braces", `- { ${lines.join(", ")} }`],
  ])("%s is added", (_, given) => {
    expect(testsOf(withTest(RULES, given))).toMatchObject([{ name: { value: "pasted" } }]);
  });

  test("is refused where it is none, and where tests stand in brackets", () => {
    expect(withTest(RULES, "hello")).toBeUndefined();
    expect(withTest(RULES, "name: x\non: y")).toBeUndefined();
    expect(withTest(`${RULES}tests: [{ name: a }]\n`, testYaml(FACTS))).toBeUndefined();
  });
});
