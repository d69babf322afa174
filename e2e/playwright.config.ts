/**
 * Two workers, each with a running product of its own, which its journeys share; what says how long something may take
 * runs afterwards, alone: the page checks too, for which the large org is then written once. The report counts every test once.
 */
import { defineConfig } from "@playwright/test";
import { chromiumOptions } from "./chromium.ts";

const TEST_TIMEOUT_MS = 120_000;
/** What must happen at all is waited for this long: the machine may have much else to do. */
const PATIENCE_MS = 20_000;
const TIMED = ["journeys/activity.spec.ts", "journeys/first-call.spec.ts", "pages/*.spec.ts"];

export default defineConfig({
  globalSetup: "./build.ts",
  outputDir: "test-results/artifacts",
  projects: [
    { name: "together", testMatch: "journeys/*.spec.ts", testIgnore: TIMED, workers: 2 },
    { name: "alone", testMatch: TIMED, workers: 1, dependencies: ["together"] },
  ],
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: TEST_TIMEOUT_MS,
  expect: { timeout: PATIENCE_MS },
  reporter: [["list"], ["json", { outputFile: "test-results/e2e.json" }]],
  use: { ...chromiumOptions(process.env), screenshot: "only-on-failure" },
});
