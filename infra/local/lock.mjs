/**
 * A file that says which process works here. Plain JavaScript, because the first script of every command uses it
 * before anything is installed. A lock whose process is gone, or is another program by now, counts for nothing.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Takes the lock and returns undefined, or returns the process id of the one who holds it. */
export function takeLock(path) {
  mkdirSync(dirname(path), { recursive: true });
  for (;;) {
    try {
      writeFileSync(path, String(process.pid), { flag: "wx" });
      return undefined;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const owner = Number(readFileSync(path, "utf8"));
    if (owner !== process.pid && isOurs(owner)) return owner;
    rmSync(path, { force: true });
  }
}

export function releaseLock(path) {
  rmSync(path, { force: true });
}

/** Whether that process runs and is one of these commands; where nobody can tell, running is enough. */
function isOurs(pid) {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== "EPERM") return false;
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("infra/local/");
  } catch {
    return true;
  }
}
