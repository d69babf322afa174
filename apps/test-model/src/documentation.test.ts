import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { ERROR_TYPES } from "./api-error.ts";
import { DIRECTIVES, type Directive } from "./directives.ts";
import { ordinaryPlan } from "./plan.ts";
import { readPlan } from "./read-plan.ts";

const text = await readFile(new URL("../../../docs/test-model.md", import.meta.url), "utf8");
const sections = new Map(
  text
    .split(/^### /m)
    .filter((section) => section.startsWith("`#test "))
    .map((section) => {
      const [heading = "", ...body] = section.split("\n");
      return [heading.replaceAll("`", ""), body.join("\n")] as const;
    }),
);

function headingOf(name: string, { form }: Directive): string {
  return `#test ${name} ${form}`.trimEnd();
}

/** `name default most` of each number, as the code has them. */
function numbersOf({ numbers }: Directive): string[] {
  const { properties = {} } = z.toJSONSchema(numbers ?? z.object());
  return Object.entries(properties).map(([name, schema]) => {
    const { default: initial, maximum } = z
      .object({ default: z.number(), maximum: z.number() })
      .parse(schema);
    return `${name} ${initial} ${maximum}`;
  });
}

test("every magic input has a section and every section a magic input", () => {
  const fromCode = [...DIRECTIVES].map(([name, directive]) => headingOf(name, directive));
  expect([...sections.keys()]).toEqual(expect.arrayContaining(fromCode));
  expect(fromCode.toSorted()).toEqual([...sections.keys()].toSorted());
});

describe.each([...DIRECTIVES])("#test %s", (name, directive) => {
  const section = sections.get(headingOf(name, directive)) ?? "";

  test("its numbers, defaults and limits are the documented ones", () => {
    const rows = [...section.matchAll(/^\| (\w+) +\| (\d+) +\| (\d+) +\|$/gm)];
    expect(rows.map(([, ...cells]) => cells.join(" "))).toEqual(numbersOf(directive));
  });

  test("its example is understood", () => {
    const [example] = /^ {4}#test .*$/m.exec(section) ?? [];
    expect(example?.trim()).toMatch(new RegExp(`^#test ${name}(?: |$)`));
    expect(readPlan("claude-test", [example ?? ""])).not.toEqual(ordinaryPlan);
  });

  test("the error type it names is the one it answers with", () => {
    const documented = /^Answers (\d+) `(\w+)`/m.exec(section);
    const status = readPlan("claude-test", [`#test ${name} ${name === "tool" ? "T {}" : ""}`])
      .refusal?.status;
    expect(documented?.slice(1) ?? []).toEqual(
      status === undefined ? [] : [String(status), ERROR_TYPES[status]],
    );
  });
});
