/**
 * Vitest's global set-up: the shared servers run in a process of their own, which ends, and takes them along, when
 * this one does, however it does.
 */
import { join } from "node:path";
import { startProcess } from "@yolo/testkit/processes";

const STOP_MS = 20_000;

export async function setup(): Promise<() => Promise<void>> {
  const services = startProcess({
    name: "the test services",
    command: process.execPath,
    args: [
      "--disable-warning=ExperimentalWarning",
      `--import=${join(import.meta.dirname, "follow-parent.mjs")}`,
      join(import.meta.dirname, "services.ts"),
    ],
    env: process.env,
    holdInput: true,
  });
  await services.line(/^# ready$/);
  for (const line of services.lastLines(10)) {
    const [, name, value] = /^export (TEST_\w+)=(.+)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined) process.env[name] = value;
  }
  return async () => {
    await services.stop({ graceMs: STOP_MS });
  };
}
