/** What a tree of processes has cost so far, as the kernel counts it (proc(5), /proc/<pid>/stat and status). */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

export interface Cost {
  /** User and system time of the root and all below it, those that have ended included. */
  readonly cpuMicros: number;
  /** Resident memory of those that run, in MB. Pages that they share count once for each. */
  readonly rssMb: number;
}

interface Stat {
  readonly pid: number;
  readonly parent: number;
  /** Of itself. */
  readonly ticks: number;
  /** Of children that ended and were waited for, and of theirs. */
  readonly endedTicks: number;
}

const MICROS_PER_TICK =
  1_000_000 / Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

/** Throws when `root` does not run. */
export function costOfTree(root: number): Cost {
  const stats = readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? readStat(name) : []));
  const tree = stats.filter(({ pid }) => pid === root);
  if (tree.length === 0) throw new Error(`process ${root} does not run any more`);
  for (const { pid } of tree) tree.push(...stats.filter(({ parent }) => parent === pid));
  const ticks = tree.reduce((sum, stat) => sum + stat.ticks + stat.endedTicks, 0);
  const rssMb = tree.reduce((sum, { pid }) => sum + readRssMb(pid), 0);
  return { cpuMicros: ticks * MICROS_PER_TICK, rssMb };
}

/** The process that started this one. Throws when it does not run on this machine. */
export function parentOf(pid: number): number {
  const [stat] = readStat(String(pid));
  if (stat === undefined) throw new Error(`there is no process ${pid} on this machine`);
  return stat.parent;
}

function readStat(pid: string): Stat[] {
  const text = readOrEmpty(`/proc/${pid}/stat`);
  if (text === "") return [];
  // The second field is the name in parentheses and may hold spaces; the third stands behind the last of them.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const field = (number: number) => Number(fields[number - 3]);
  return [
    {
      pid: Number(pid),
      parent: field(4),
      ticks: field(14) + field(15),
      endedTicks: field(16) + field(17),
    },
  ];
}

function readRssMb(pid: number): number {
  const kilobytes = /^VmRSS:\s*(\d+) kB$/m.exec(readOrEmpty(`/proc/${pid}/status`))?.[1];
  return Number(kilobytes ?? 0) / 1_024;
}

/** A process may end between listing and reading. */
function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
