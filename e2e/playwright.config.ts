/** One worker, since the journeys share one running product and the machine; the report counts every test once. */
import { defineConfig } from "@playwright/test";
import { chromiumOptions } from "./chromium.ts";

const TEST_TIMEOUT_MS = 120_000;
/** What must happen at all is waited for this long: the machine may have much else to do. */
const PATIENCE_MS = 20_000;

export default defineConfig({
  testMatch: ["journeys/*.spec.ts", "pages/*.spec.ts"],
  outputDir: "test-results/artifacts",
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: TEST_TIMEOUT_MS,
  expect: { timeout: PATIENCE_MS },
  reporter: [["list"], ["json", { outputFile: "test-results/e2e.json" }]],
  use: { ...chromiumOptions(process.env), trace: "retain-on-failure" },
});
