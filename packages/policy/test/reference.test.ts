/** The policy reference: each example does what the page says, and the page names every word there is. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compileCondition } from "../src/condition.ts";
import { type FactType, variablesFor } from "../src/facts.ts";
import { lintPolicy } from "../src/lint.ts";
import { documentSchema, itemSchemas } from "../src/schema.ts";
import { CLOSED_VERBS, readVerb } from "../src/verb.ts";

const page = readFileSync(new URL("../../../docs/policy-reference.md", import.meta.url), "utf8");

interface Example {
  readonly info: string;
  readonly text: string;
  readonly line: number;
}

const examples: readonly Example[] = [...page.matchAll(/^```(\S.*)\n([\s\S]*?)^```$/gm)].map(
  ({ 1: info = "", 2: text = "", index }) => ({
    info,
    text,
    line: page.slice(0, index).split("\n").length,
  }),
);

function withInfo(info: string): readonly [string, Example][] {
  return examples
    .filter((example) => example.info === info)
    .map((example) => [`line ${example.line}`, example]);
}

describe("an example publishes as it stands, its tests pass", () => {
  test.each(withInfo("yaml"))("%s", (_, { text }) => {
    expect(lintPolicy(text)).toEqual([]);
  });
});

describe("an example that is refused is refused for the reason given", () => {
  test.each(withInfo("yaml refused"))("%s", (_, example) => {
    const reason = examples[examples.indexOf(example) + 1];
    const issues = lintPolicy(example.text).map(
      ({ line, column, message }) => `${line}:${column} ${message}\n`,
    );
    expect(reason?.info).toBe("text");
    expect(issues.join("")).toBe(reason?.text);
  });
});

describe("a condition is one", () => {
  const conditions = examples
    .filter(({ info }) => info.startsWith("cel "))
    .flatMap(({ info, text }) =>
      text
        .trim()
        .split("\n")
        .map((condition) => [condition, info.slice("cel ".length)] as const),
    );
  test.each(conditions)("%s", (condition, verb) => {
    expect(compileCondition(condition, variablesOf(verb))).toHaveProperty("condition");
  });
});

function variablesOf(verb: string): Readonly<Record<string, FactType>> {
  const read = readVerb(verb);
  return variablesFor("verb" in read ? [read.verb] : [], []);
}

test("every example of the page is executed", () => {
  const executed = /^(yaml|yaml refused|text|cel \S+)$/;
  expect(examples.filter(({ info }) => !executed.test(info))).toEqual([]);
  expect(examples.length).toBeGreaterThan(12);
});

describe("the page names", () => {
  const shapes = [documentSchema, itemSchemas.rules, itemSchemas.tests].map(({ shape }) => shape);
  test.each(shapes.flatMap((shape) => Object.keys(shape)))("the key %s", (key) => {
    expect(page).toContain(`\`${key}\``);
  });

  test.each(CLOSED_VERBS)("the verb %s", (verb) => {
    expect(page).toContain(`\`${verb}\``);
  });

  const families = ["llm:invoke", "llm:server_tool", "llm:mcp_server", "mcp:call", "http:get"];
  test.each([...families, "git:push", "aws:s3:GetObject", "tool:Bash"])(
    "the facts of %s",
    (verb) => {
      const { args = "dyn", facts = "dyn" } = variablesOf(verb);
      for (const name of [...fieldsOf(args), ...fieldsOf(facts)])
        expect(page).toContain(`\`${name}\``);
    },
  );

  test.each(Object.keys(variablesFor([], [])))("the variable %s", (name) => {
    expect(page).toMatch(new RegExp(`\`${name}(\\.[a-z*]+)?\``));
  });
});

function fieldsOf(type: FactType): readonly string[] {
  return typeof type === "object" && "record" in type ? Object.keys(type.record) : [];
}
