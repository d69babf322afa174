/** Who runs where: the process under test alone on one core, everything else on the other. */
import { readFileSync } from "node:fs";

const UNDER_TEST = "0";

/** The command behind which a process under test is started. Children and threads stay on its core. */
export const onTestedCore: readonly string[] = ["taskset", "-c", UNDER_TEST];

/** Throws when this process, and so all that it will start, may run on the core of the process under test. */
export function requireOtherCore(): void {
  const status = readFileSync("/proc/self/status", "utf8");
  const allowed = /^Cpus_allowed_list:\s*(\S+)$/m.exec(status)?.[1] ?? "";
  if (allowed === "1") return;
  throw new Error(`this process may run on cores ${allowed}: start it by npm run bench`);
}
