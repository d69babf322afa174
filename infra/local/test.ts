/**
 * `npm test`: everything that must hold, on a fresh clone too. It stops at the first step that fails; the last line
 * always says `N passed, N failed`.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { runCommand } from "@yolo/prisma/operator-error";
import { CHECKOUT } from "./data-folder.ts";
import { installPackage, mayInstall } from "./distribution.ts";
import { findProgram } from "./programs.ts";
import { listenForStop } from "./stop-request.ts";
import { type Count, countStep, type Step, testSteps } from "./test-steps.ts";

const BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

await runCommand(main);

async function main(): Promise<void> {
  const stop = listenForStop();
  const reports = mkdtempSync(join(tmpdir(), "yolo-reports-"));
  let total: Count = { passed: 0, failed: 0 };
  try {
    installBrowser();
    for (const step of testSteps(reports)) {
      const count = await run(step, stop);
      total = { passed: total.passed + count.passed, failed: total.failed + count.failed };
      if (count.failed > 0) break;
    }
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

async function run(step: Step, stop: AbortSignal): Promise<Count> {
  if (stop.aborted) return { passed: 0, failed: 1 };
  const started = performance.now();
  say(`\n── ${step.name}`);
  const code = await exitCode(step, stop);
  const count = countStep(step, code);
  const seconds = Math.round((performance.now() - started) / 1_000);
  say(`── ${step.name}: ${count.failed === 0 ? "passed" : "FAILED"} (${seconds} s)`);
  return count;
}

async function exitCode({ command: [program, ...args], cwd }: Step, stop: AbortSignal) {
  const child: ChildProcess = spawn(program, args, {
    cwd: cwd ?? CHECKOUT,
    env: environment(),
    stdio: "inherit",
  });
  const forward = () => child.kill("SIGINT");
  stop.addEventListener("abort", forward, { once: true });
  try {
    const [code] = await once(child, "exit");
    return typeof code === "number" ? code : null;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return null;
  } finally {
    stop.removeEventListener("abort", forward);
  }
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
