/**
 * The Redis that `npm start` uses: the one REDIS_URL names, or a private one from an installed redis-server or
 * valkey-server. It never evicts: a queue that forgets jobs under memory pressure is no queue.
 */
import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { OperatorError } from "@yolo/prisma/operator-error";
import { connectRedis, requireNoEviction } from "@yolo/store/redis";
import { freePort, type RunningProcess, startProcess } from "@yolo/testkit/processes";
import { diskFull } from "./disk.ts";
import { installPackage, mayInstall } from "./distribution.ts";
import { stopOrphan } from "./orphan.ts";
import { findProgram } from "./programs.ts";

export interface RedisServer {
  readonly url: string;
  readonly process: RunningProcess;
  stop(): Promise<void>;
}

const PROGRAMS = ["redis-server", "valkey-server"];
const PORT_ATTEMPTS = 3;
/** A server that takes the connection and then says nothing this long is none. */
const ANSWER_MS = 5_000;

/** Checks the server at `url`. Throws `OperatorError` when it does not answer or may evict. */
export async function checkRedis(url: string): Promise<void> {
  if (!/^rediss?:$/.test(URL.parse(url)?.protocol ?? "")) {
    throw new OperatorError(
      "REDIS_URL is not a Redis URL; it looks like redis://:password@host:6379.",
    );
  }
  const client = connectRedis(url);
  let firstError: unknown;
  client.on("error", (error) => {
    firstError ??= error;
  });
  const timer = setTimeout(() => {
    firstError ??= new Error("it does not answer");
    client.disconnect();
  }, ANSWER_MS);
  try {
    await client.connect();
    await requireNoEviction(client);
  } catch (cause) {
    const error = firstError ?? cause;
    const reason = error instanceof Error ? error.message : String(error);
    throw new OperatorError(`Cannot use Redis at ${new URL(url).host} (REDIS_URL): ${reason}.`, {
      cause,
    });
  } finally {
    clearTimeout(timer);
    client.disconnect();
  }
}

/** Starts a private server that keeps its data in `<data>/redis`. Throws `OperatorError`. */
export async function startRedis(data: string): Promise<RedisServer> {
  const program = requireRedis();
  const folder = join(data, "redis");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const pidFile = join(folder, "redis.pid");
  await stopOrphan({ name: "Redis", pidFile, folder, signal: "SIGTERM" });
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const password = randomBytes(24).toString("base64url");
    const server = startProcess({
      name: "Redis",
      command: program,
      args: ["-"],
      env: { LC_ALL: "C" },
      cwd: folder,
      input: configuration({ port, folder, password, pidFile }),
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

interface Configuration {
  readonly port: number;
  readonly folder: string;
  readonly password: string;
  readonly pidFile: string;
}

/** Read from standard input, so that the password stands in no list of processes. */
function configuration(given: Configuration): string {
  return [
    "bind 127.0.0.1",
    `port ${given.port}`,
    `requirepass ${given.password}`,
    `pidfile ${JSON.stringify(given.pidFile)}`,
    `dir ${JSON.stringify(given.folder)}`,
    "maxmemory-policy noeviction",
    "appendonly yes",
    'save ""',
    "databases 1024",
    "daemonize no",
    "",
  ].join("\n");
}

interface Surroundings {
  readonly path: string | undefined;
  /** Whether this user may install packages of the distribution. */
  readonly installs: boolean;
}

/** The program to run, installed now where that is allowed. Throws `OperatorError` that says what to install. */
export function requireRedis({ path, installs } = surroundings()): string {
  const found = findProgram(PROGRAMS, path);
  if (found !== undefined) return found;
  if (installs && installPackage("redis-server")) {
    const installed = findProgram(PROGRAMS, "/usr/bin");
    if (installed !== undefined) return installed;
  }
  const command = process.platform === "darwin" ? "brew" : "sudo apt-get";
  const name = process.platform === "darwin" ? "redis" : "redis-server";
  throw new OperatorError(
    `Redis is missing: install it (for example: ${command} install ${name}), or set REDIS_URL.`,
  );
}

function surroundings(): Surroundings {
  const { PATH: path } = process.env;
  return { path, installs: mayInstall() };
}
