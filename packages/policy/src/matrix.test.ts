/** Policies with their tests, in the form that customers write. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compilePolicy } from "./compile.ts";
import { lintLanguage, lintPolicy } from "./lint.ts";
import { runTests } from "./run-tests.ts";

const testdata = new URL("../testdata/", import.meta.url);

function textsIn(folder: string): readonly [name: string, text: string][] {
  const directory = new URL(`${folder}/`, testdata);
  return readdirSync(directory).map((name) => [
    name,
    readFileSync(new URL(name, directory), "utf8"),
  ]);
}

const LATER = new Set(["limits-and-content.yaml"]);
const matrix = textsIn("matrix");
const seeds = textsIn("seeds");

describe.each([...matrix, ...seeds].filter(([name]) => !LATER.has(name)))("%s", (_, text) => {
  test("publishes", () => {
    expect(lintPolicy(text).filter(({ severity }) => severity === "error")).toEqual([]);
    expect(() => compilePolicy([{ policyId: "p", version: 1, layer: "org", text }])).not.toThrow();
  });

  const results = runTests([{ policyId: "p", version: 1, layer: "org", text }]);
  test.each(results.map((result) => [result.name, result] as const))("%s", (_name, result) => {
    expect(result.passed ? "passed" : result.message).toBe("passed");
  });
});

test("words that this version does not enforce are understood, and refuse to publish", () => {
  const [, text] = seeds.find(([name]) => LATER.has(name)) ?? ["", ""];
  expect(lintLanguage(text)).toEqual([]);
  const refused = lintPolicy(text).map(({ message, line }) => `${line}: ${message}`);
  const later = ["limits", "content", "by", "quorum", "within", "hold", "notify"];
  for (const word of later) {
    expect(refused.join("\n")).toContain(`\`${word}\` is not supported by this version`);
  }
  expect(() => compilePolicy([{ policyId: "p", version: 1, layer: "org", text }])).toThrow();
});
