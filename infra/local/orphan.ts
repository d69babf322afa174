/** What an earlier start left running because it was killed. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readlinkSync, realpathSync, rmSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { OperatorError } from "@yolo/prisma/operator-error";

const STOP_MS = 15_000;
const POLL_MS = 50;

interface Orphan {
  readonly name: string;
  readonly pidFile: string;
  /** The folder it works in, locked by us: nobody else may. */
  readonly folder: string;
  readonly signal: NodeJS.Signals;
}

/**
 * Stops the server that the pid file names, if it is one that works in this folder. A pid file whose process is
 * gone, or whose number another program has by now, is removed. Throws `OperatorError` when it does not stop.
 */
export async function stopOrphan({ name, pidFile, folder, signal }: Orphan): Promise<void> {
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, "utf8").split("\n", 1)[0]);
  const deadline = performance.now() + STOP_MS;
  if (worksIn(pid, folder)) process.kill(pid, signal);
  while (worksIn(pid, folder)) {
    if (performance.now() > deadline) {
      throw new OperatorError(
        `An earlier ${name} (process ${pid}) does not stop: end it and start again.`,
      );
    }
    await delay(POLL_MS);
  }
  rmSync(pidFile, { force: true });
}

/** Whether the process exists and has this folder as its current one, as both servers do. */
function worksIn(pid: number, folder: string): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    if (process.platform === "linux") {
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder);
    }
  } catch {
    return false;
  }
  const ps = spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  return ps.stdout.includes(folder);
}
