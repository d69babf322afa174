/**
 * The Redis that `npm start` uses: the one REDIS_URL names, or a private one from an installed redis-server or
 * valkey-server. It never evicts: a queue that forgets jobs under memory pressure is no queue.
 */
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { OperatorError } from "@yolo/prisma/operator-error";
import { connectRedis, requireNoEviction } from "@yolo/store/redis";
import { freePort, type RunningProcess, startProcess } from "@yolo/testkit/processes";
import { diskFull } from "./disk.ts";

export interface RedisServer {
  readonly url: string;
  readonly process: RunningProcess;
  stop(): Promise<void>;
}

const PROGRAMS = ["redis-server", "valkey-server"];
const PORT_ATTEMPTS = 3;

/** Checks the server at `url`. Throws `OperatorError` when it does not answer or may evict. */
export async function checkRedis(url: string): Promise<void> {
  if (!/^rediss?:$/.test(URL.parse(url)?.protocol ?? "")) {
    throw new OperatorError(
      "REDIS_URL is not a Redis URL; it looks like redis://:password@host:6379.",
    );
  }
  const client = connectRedis(url);
  client.on("error", () => undefined);
  try {
    await client.connect();
    await requireNoEviction(client);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new OperatorError(`Cannot use Redis at ${new URL(url).host} (REDIS_URL): ${reason}.`, {
      cause,
    });
  } finally {
    client.disconnect();
  }
}

/** Starts a private server that keeps its data in `<data>/redis`. Throws `OperatorError`. */
export async function startRedis(data: string): Promise<RedisServer> {
  const { PATH = "" } = process.env;
  const program = findRedis(PATH) ?? installRedis();
  const folder = join(data, "redis");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const password = randomBytes(24).toString("base64url");
    const server = startProcess({
      name: "Redis",
      command: program,
      args: ["-"],
      env: { PATH, LC_ALL: "C" },
      cwd: folder,
      input: configuration({ port, folder, password }),
      logFile: join(data, "logs", "redis.log"),
    });
    try {
      await server.line(/ready to accept connections/i);
    } catch (cause) {
      const output = server.lastLines(20).join("\n");
      if (attempt < PORT_ATTEMPTS && /already in use/.test(output)) continue;
      throw diskFull(output) ?? new OperatorError(server.describeExit(), { cause });
    }
    const url = `redis://:${password}@127.0.0.1:${port}`;
    const stop = async () => {
      await server.stop();
    };
    return { url, process: server, stop };
  }
}

/** Read from standard input, so that the password stands in no list of processes. */
function configuration(given: { port: number; folder: string; password: string }): string {
  return [
    "bind 127.0.0.1",
    `port ${given.port}`,
    `requirepass ${given.password}`,
    `dir ${JSON.stringify(given.folder)}`,
    "maxmemory-policy noeviction",
    "appendonly yes",
    'save ""',
    "databases 1024",
    "daemonize no",
    "",
  ].join("\n");
}

/** The first server on the PATH, or undefined. */
function findRedis(path: string): string | undefined {
  return path
    .split(delimiter)
    .filter((folder) => folder !== "")
    .flatMap((folder) => PROGRAMS.map((program) => join(folder, program)))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Root on Debian and Ubuntu may install it; everybody else is told what to install. */
function installRedis(): string {
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    process.stderr.write("Installing redis-server from the distribution …\n");
    if (!aptInstall("redis-server")) aptInstall("redis-server", { refresh: true });
    const program = findRedis("/usr/bin");
    if (program !== undefined) return program;
  }
  const how =
    process.platform === "darwin"
      ? "brew install redis"
      : "for example: sudo apt-get install redis-server";
  throw new OperatorError(`Redis is missing: install it (${how}), or set REDIS_URL.`);
}

/** Whether `apt-get install` succeeded; with `refresh` it reads the package lists anew first. */
function aptInstall(name: string, { refresh = false } = {}): boolean {
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    stdio: "ignore",
  } as const;
  if (refresh) spawnSync("/usr/bin/apt-get", ["update", "-q"], options);
  const install = spawnSync("/usr/bin/apt-get", ["install", "-y", "-q", name], options);
  return install.status === 0;
}
