/** nginx and wrk from the distribution: found, or installed where root may, or done without. */
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** The program's path; null when it is missing and cannot be installed. */
export function debianProgram(name: string): string | null {
  return find(name) ?? install(name);
}

/** What it says about its version, in one line. */
export function versionOf(program: string): string {
  const said = spawnSync(program, ["-v"], { encoding: "utf8" });
  const line = `${said.stdout}${said.stderr}`.split("\n")[0] ?? "";
  return /\d+(?:\.\d+)+/.exec(line)?.[0] ?? "of unknown version";
}

function find(name: string): string | null {
  // Debian keeps servers out of an ordinary user's PATH.
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin"];
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function install(name: string): string | null {
  if (process.getuid?.() !== 0 || !isExecutable("/usr/bin/apt-get")) return null;
  process.stderr.write(`Installing ${name} from the distribution …\n`);
  if (!apt("install", "-y", "--no-install-recommends", name)) {
    apt("update");
    apt("install", "-y", "--no-install-recommends", name);
  }
  return find(name);
}

function apt(...args: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync("/usr/bin/apt-get", ["-q", ...args], { env, stdio: "ignore" }).status === 0;
}
