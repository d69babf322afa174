import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { countStep, testStages } from "./test-steps.ts";

const folder = mkdtempSync(join(tmpdir(), "yolo-steps-"));
afterAll(() => rmSync(folder, { recursive: true }));

function stepNamed(name: string) {
  const step = testStages(folder)
    .flat(2)
    .find((one) => one.name === name);
  if (step === undefined) throw new Error(`there is no step ${name}`);
  return step;
}

const tests = stepNamed("unit and integration");

function report(numPassedTests: number, numFailedTests: number): void {
  writeFileSync(join(folder, "vitest.json"), JSON.stringify({ numPassedTests, numFailedTests }));
}

test("a step without a report counts as one", () => {
  expect(countStep(stepNamed("types"), 0)).toEqual({ passed: 1, failed: 0 });
  expect(countStep(stepNamed("types"), 2)).toEqual({ passed: 0, failed: 1 });
  expect(countStep(stepNamed("types"), null)).toEqual({ passed: 0, failed: 1 });
});

test("a runner's tests are counted by its own report", () => {
  report(12, 0);
  expect(countStep(tests, 0)).toEqual({ passed: 12, failed: 0 });
  report(10, 2);
  expect(countStep(tests, 1)).toEqual({ passed: 10, failed: 2 });
});

test("a runner that fails without a failed test has failed, and so has one that tried nothing", () => {
  report(12, 0);
  expect(countStep(tests, 1)).toEqual({ passed: 12, failed: 1 });
  report(0, 0);
  expect(countStep(tests, 0)).toEqual({ passed: 0, failed: 1 });
});

test("a report that is missing or is not one counts as a failure", () => {
  writeFileSync(join(folder, "vitest.json"), "not JSON");
  expect(countStep(tests, 0)).toEqual({ passed: 0, failed: 1 });
  rmSync(join(folder, "vitest.json"));
  expect(countStep(tests, 0)).toEqual({ passed: 0, failed: 1 });
});
