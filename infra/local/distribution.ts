/** Packages of Debian and Ubuntu, which root may install without being asked. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const APT = "/usr/bin/apt-get";

export function mayInstall(): boolean {
  return process.getuid?.() === 0 && existsSync(APT);
}

/** Whether the package is there afterwards; where the lists of packages are too old they are read anew. */
export function installPackage(name: string): boolean {
  process.stderr.write(`Installing ${name} from the distribution …\n`);
  return apt("install", "-y", name) || (apt("update") && apt("install", "-y", name));
}

function apt(...args: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync(APT, ["-q", ...args], { env, stdio: "ignore" }).status === 0;
}
