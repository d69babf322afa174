/** What `npm test` does. Each step counts what it tried from the runner's own report. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { CHECKOUT } from "./data-folder.ts";

export interface Count {
  readonly passed: number;
  readonly failed: number;
}

export interface Step {
  readonly name: string;
  /** A program of `node_modules/.bin`, and its arguments. */
  readonly command: readonly [string, ...string[]];
  readonly cwd?: string;
  /** Written by the runner; a step without one counts as one. */
  readonly report?: { readonly path: string; readonly read: (content: unknown) => Count };
}

const vitestReport = z.object({ numPassedTests: z.int(), numFailedTests: z.int() });
const playwrightReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int() }),
});

/** Steps that follow one another. */
export type Lane = readonly Step[];

/** Lanes that run beside each other. */
export type Stage = readonly Lane[];

/** In order. `reports` is the folder for the runners' reports. */
export function testStages(reports: string): readonly Stage[] {
  const plain = process.stdout.isTTY ? [] : ["--colors=off"];
  return [
    [
      [
        { name: "types of the dashboard", command: ["tsc", "-p", "apps/dashboard"] },
        { name: "build", command: ["node", join(import.meta.dirname, "build.ts")] },
      ],
      [
        { name: "format and lint", command: ["biome", "ci", "--error-on-warnings", ...plain] },
        { name: "boundaries", command: ["turbo", "boundaries", "--no-color"] },
        { name: "types", command: ["tsc", "-p", "."] },
        { name: "dead code", command: ["knip", "--no-config-hints"] },
      ],
    ],
    [[unitAndIntegration(join(reports, "vitest.json"))]],
    [[endToEnd(join(CHECKOUT, "e2e"))]],
  ];
}

function unitAndIntegration(path: string): Step {
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${path}`];
  return {
    name: "unit and integration",
    command: ["vitest", "run", ...reporters],
    report: { path, read: countVitest },
  };
}

function endToEnd(cwd: string): Step {
  return {
    name: "end to end",
    command: ["playwright", "test"],
    cwd,
    report: { path: join(cwd, "test-results", "e2e.json"), read: countPlaywright },
  };
}

/**
 * What the step counts. A runner that fails without a failed test (a file that does not load, no report at all) has
 * failed once; one that succeeds without having tried anything has failed too.
 */
export function countStep({ report }: Step, exitCode: number | null): Count {
  if (report === undefined) return exitCode === 0 ? { passed: 1, failed: 0 } : oneFailed(0);
  const count = readReport(report);
  if (exitCode !== 0 && count.failed === 0) return oneFailed(count.passed);
  if (exitCode === 0 && count.passed === 0) return oneFailed(0);
  return count;
}

function oneFailed(passed: number): Count {
  return { passed, failed: 1 };
}

function readReport({ path, read }: NonNullable<Step["report"]>): Count {
  try {
    return read(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return { passed: 0, failed: 0 };
  }
}

function countVitest(content: unknown): Count {
  const { numPassedTests, numFailedTests } = vitestReport.parse(content);
  return { passed: numPassedTests, failed: numFailedTests };
}

/** A test that passed only when it was tried again has failed. */
function countPlaywright(content: unknown): Count {
  const { expected, unexpected, flaky } = playwrightReport.parse(content).stats;
  return { passed: expected, failed: unexpected + flaky };
}
