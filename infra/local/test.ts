/**
 * `npm test`: everything that must hold, on a fresh clone too. It stops at the first step that fails; the last line
 * always says `N passed, N failed`.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { runCommand } from "@yolo/prisma/operator-error";
import { CHECKOUT } from "./data-folder.ts";
import { installPackage, mayInstall } from "./distribution.ts";
import { findProgram } from "./programs.ts";
import { runStages } from "./run-steps.ts";
import { listenForStop } from "./stop-request.ts";
import { testStages } from "./test-steps.ts";

const BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

await runCommand(main);

async function main(): Promise<void> {
  const stop = listenForStop();
  const reports = mkdtempSync(join(tmpdir(), "yolo-reports-"));
  let total = { passed: 0, failed: 0 };
  try {
    installBrowser();
    total = await runStages(testStages(reports), { env: environment(), stop, say });
  } finally {
    rmSync(reports, { recursive: true, force: true });
    if (total.failed > 0 || stop.aborted) process.exitCode = 1;
    say(`${total.passed} passed, ${total.failed} failed`);
  }
}

/** The journeys need a browser; where none can be installed, they say so themselves. */
function installBrowser(): void {
  const { CHROMIUM_PATH, PATH } = process.env;
  if (CHROMIUM_PATH || findProgram(BROWSERS, PATH) !== undefined || !mayInstall()) return;
  installPackage("chromium");
}

/** The lockfile's own programs come first, Node 24 among them; nothing asks or tells anybody outside. */
function environment(): NodeJS.ProcessEnv {
  const { PATH = "" } = process.env;
  return {
    ...process.env,
    PATH: [join(CHECKOUT, "node_modules", ".bin"), PATH].join(delimiter),
    NODE_OPTIONS: "--disable-warning=ExperimentalWarning",
    NEXT_TELEMETRY_DISABLED: "1",
    TURBO_TELEMETRY_DISABLED: "1",
    DO_NOT_TRACK: "1",
  };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
