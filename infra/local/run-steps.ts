/** Runs the steps of `npm test` until the first that fails; each is named, with what it printed and how it ended. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { startProcess } from "@yolo/testkit/processes";
import { CHECKOUT } from "./data-folder.ts";
import { type Count, countStep, type Stage, type Step } from "./test-steps.ts";

export interface Setting {
  readonly env: NodeJS.ProcessEnv;
  /** Ends what runs. */
  readonly stop: AbortSignal;
  /** Prints one line, or several. */
  readonly say: (text: string) => void;
}

const NOTHING: Count = { passed: 0, failed: 0 };
/** Longer than the build takes to end what it started. */
const STOP_MS = 10_000;

export async function runStages(stages: readonly Stage[], setting: Setting): Promise<Count> {
  let total = NOTHING;
  for (const stage of stages) {
    if (total.failed > 0 || setting.stop.aborted) break;
    total = sum(total, await runStage(stage, setting));
  }
  return total;
}

/** The first failure ends what runs in the other lanes, which then counts as not tried. */
async function runStage(lanes: Stage, setting: Setting): Promise<Count> {
  const failure = new AbortController();
  const stop = AbortSignal.any([setting.stop, failure.signal]);
  const run = lanes.length === 1 ? runInView : runAside;
  const counts = lanes.map(async (lane) => {
    let total = NOTHING;
    for (const step of lane) {
      if (stop.aborted) break;
      const count = await run(step, { ...setting, stop });
      if (failure.signal.aborted) break;
      total = sum(total, count);
      if (count.failed > 0) failure.abort();
    }
    return total;
  });
  return (await Promise.all(counts)).reduce(sum);
}

function sum(one: Count, other: Count): Count {
  return { passed: one.passed + other.passed, failed: one.failed + other.failed };
}

/** What it prints is seen at once, in its colours. */
async function runInView(step: Step, { env, stop, say }: Setting): Promise<Count> {
  const startedAt = performance.now();
  say(`\n── ${step.name}`);
  const [program, ...args] = step.command;
  const child = spawn(program, args, { cwd: step.cwd ?? CHECKOUT, env, stdio: "inherit" });
  const forward = () => child.kill("SIGINT");
  stop.addEventListener("abort", forward, { once: true });
  const [code] = await once(child, "exit").catch((error: unknown) => {
    say(error instanceof Error ? error.message : String(error));
    return [null];
  });
  stop.removeEventListener("abort", forward);
  const count = countStep(step, typeof code === "number" ? code : null);
  say(verdict(step, count, startedAt));
  return count;
}

/** What it prints is seen in one piece when it has ended, so that nothing of another step stands in between. */
async function runAside(step: Step, { env, stop, say }: Setting): Promise<Count> {
  const startedAt = performance.now();
  const lines = [`\n── ${step.name}`];
  const [command, ...args] = step.command;
  const cwd = step.cwd ?? CHECKOUT;
  const running = startProcess({ name: step.name, command, args, cwd, env });
  running.watch(/^/, (line) => lines.push(line));
  const interrupt = () => void running.stop({ signal: "SIGINT", graceMs: STOP_MS });
  stop.addEventListener("abort", interrupt, { once: true });
  const { code, failure } = await running.exited;
  stop.removeEventListener("abort", interrupt);
  if (failure !== undefined) lines.push(failure.message);
  const count = countStep(step, code);
  lines.push(stop.aborted ? `── ${step.name}: stopped` : verdict(step, count, startedAt));
  say(lines.join("\n"));
  return count;
}

function verdict({ name }: Step, { failed }: Count, startedAt: number): string {
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  return `── ${name}: ${failed === 0 ? "passed" : "FAILED"} (${seconds} s)`;
}
