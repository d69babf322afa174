/** Where and with what the figures came about. */
import { execFileSync } from "node:child_process";
import { cpus, loadavg, release, totalmem } from "node:os";

/** `versions`: of the programs that took part; null for what was not there. */
export function describeMachine(versions: Readonly<Record<string, string | null>>): string {
  const cores = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const [load = 0] = loadavg();
  const programs = Object.entries(versions).map(
    ([name, version]) => `${name} ${version ?? "not available"}`,
  );
  return [
    `${cores.length} cores of ${cores[0]?.model ?? "an unknown processor"}, ${memory} GB, Linux ${release()}`,
    `load before the run ${load.toFixed(2)}`,
    `Node ${process.versions.node}, ${programs.join(", ")}`,
    `commit ${commit()}`,
  ].join("; ");
}

function commit(): string {
  try {
    const git = (...args: readonly string[]) =>
      execFileSync("git", args, { cwd: import.meta.dirname, encoding: "utf8" }).trim();
    const changed = git("status", "--porcelain", "--untracked-files=no") !== "";
    return `${git("rev-parse", "--short", "HEAD")}${changed ? " and uncommitted changes" : ""}`;
  } catch {
    return "unknown";
  }
}
