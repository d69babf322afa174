/**
 * The real Claude Code, one pinned version of it, fetched from the npm registry into the user's cache folder
 * by the first test that asks and used again by the later ones. Nothing else is ever run in its place.
 */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { constants, createReadStream } from "node:fs";
import { access, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const VERSION = "2.1.330";

/** Platform → the registry's `integrity` of its package (Subresource Integrity, SHA-512). */
const INTEGRITY: Readonly<Record<string, string>> = {
  "linux-x64":
    "sha512-9Gn+V7DtJ8M1nztP9CeDVl9g3RtrepI7rOFTyPRRnZe8D6zebIHKmC7OvBauucuAP0X0k85SDN/LPVZyjsGezQ==",
  "linux-arm64":
    "sha512-V4yanAY5EA5UpwwRPtjSfqDbNqAlUJeVn3NYZw2AgmRHjdpSsLtHAzbxRXfkAnbjwTXzE0uedjQxUY02ARPcsA==",
};
const FETCH_TIMEOUT_MS = 300_000;
const VERSION_TIMEOUT_MS = 30_000;

/** The program's path, or why it cannot be had here. */
type ClaudeCode = { readonly path: string } | { readonly unavailable: string };

const run = promisify(execFile);

/** Fetches the pinned version unless it is there, and checks that it runs. Never rejects. */
export async function fetchClaudeCode(): Promise<ClaudeCode> {
  const platform = `${process.platform}-${process.arch}`;
  const integrity = INTEGRITY[platform];
  if (integrity === undefined) return { unavailable: `no version is pinned for ${platform}` };
  const path = join(cacheFolder(), `${VERSION}-${platform}`, "claude");
  try {
    if (!(await exists(path))) await download(platform, integrity, dirname(path));
    return { path };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { unavailable: `Claude Code ${VERSION} cannot be fetched: ${inShort(reason)}` };
  }
}

/** `$XDG_CACHE_HOME/yologateway/claude-code`, else under `~/.cache` (XDG Base Directory Specification). */
function cacheFolder(): string {
  const { XDG_CACHE_HOME } = process.env;
  const base = XDG_CACHE_HOME || join(homedir(), ".cache");
  return join(base, "yologateway", "claude-code");
}

/** Unpacks beside the goal and renames at the end, so that two runs at once cannot harm each other. */
async function download(platform: string, integrity: string, folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const work = await mkdtemp(`${folder}.`);
  try {
    const tarball = await pack(platform, integrity, work);
    await run("tar", ["-xzf", tarball, "-C", work], { timeout: FETCH_TIMEOUT_MS });
    const unpacked = join(work, "package");
    await checkVersion(join(unpacked, "claude"));
    await rename(unpacked, folder).catch(async (error: unknown) => {
      if (!(await exists(join(folder, "claude")))) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The tarball's path. Throws unless its bytes are the pinned ones. */
async function pack(platform: string, integrity: string, folder: string): Promise<string> {
  const name = `@anthropic-ai/claude-code-${platform}@${VERSION}`;
  const args = [
    "pack",
    name,
    "--loglevel=error",
    "--fetch-retries=0",
    "--pack-destination",
    folder,
  ];
  await run("npm", args, { timeout: FETCH_TIMEOUT_MS, cwd: folder });
  const [file] = (await readdir(folder)).filter((entry) => entry.endsWith(".tgz"));
  if (file === undefined) throw new Error("npm pack left no tarball");
  const tarball = join(folder, file);
  const hash = createHash("sha512");
  for await (const chunk of createReadStream(tarball)) hash.update(chunk);
  if (`sha512-${hash.digest("base64")}` !== integrity) {
    throw new Error("what the registry sent is not what is pinned");
  }
  return tarball;
}

/** Throws unless the program runs here and is the pinned version. */
async function checkVersion(path: string): Promise<void> {
  const { PATH } = process.env;
  const env = { PATH, HOME: dirname(path) };
  const { stdout } = await run(path, ["--version"], { timeout: VERSION_TIMEOUT_MS, env });
  if (stdout.split(" ")[0] !== VERSION) throw new Error(`it says it is ${stdout}`);
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The command that failed and the first thing it said. */
function inShort(reason: string): string {
  return reason.split("\n").slice(0, 2).join(": ");
}
