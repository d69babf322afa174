/**
 * The Postgres that `npm start` brings along: one cluster, made once, on the loopback only, as durable as any
 * (`fsync` and `synchronous_commit` keep their defaults: on).
 */
import { chownSync, existsSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { OperatorError } from "@yolo/prisma/operator-error";
import { freePort, type RunningProcess, startProcess } from "@yolo/testkit/processes";
import { writePrivate } from "./data-folder.ts";
import { diskFull } from "./disk.ts";
import { stopOrphan } from "./orphan.ts";
import { makeClusterFolder, openPostgresHome, type PostgresHome } from "./postgres-home.ts";

export interface Postgres {
  /** The superuser's URL. */
  readonly url: string;
  /** Where its files lie. */
  readonly cluster: string;
  readonly process: RunningProcess;
  /** Ends open connections, writes everything down and stops. */
  stop(): Promise<void>;
}

const STOP_MS = 8_000;
const PORT_ATTEMPTS = 3;

export interface PostgresOptions {
  /** False: what it wrote survives the end of every process, but not of the machine. */
  readonly fsync?: boolean;
}

/**
 * Starts the cluster in `data`, creating it the first time; one that an earlier start left running is stopped first.
 * Only one caller per folder at a time. Throws `OperatorError`.
 */
export async function startPostgres(
  data: string,
  { fsync = true }: PostgresOptions = {},
): Promise<Postgres> {
  const home = openPostgresHome(data);
  if (!existsSync(join(home.cluster, "PG_VERSION"))) await createCluster(home);
  const pidFile = join(home.cluster, "postmaster.pid");
  await stopOrphan({ name: "Postgres", pidFile, folder: home.cluster, signal: "SIGINT" });
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const server = runServer(home, { port, fsync, logFile: join(data, "logs", "postgres.log") });
    try {
      await server.line(/database system is ready to accept connections/);
    } catch (cause) {
      const output = server.lastLines(20).join("\n");
      if (attempt < PORT_ATTEMPTS && /Address already in use/.test(output)) continue;
      throw (
        diskFull(output) ??
        new OperatorError(`Postgres did not start: ${lastComplaint(output)}`, { cause })
      );
    }
    const url = `postgres://postgres:${home.password}@127.0.0.1:${port}/postgres`;
    const stop = async () => {
      await server.stop({ signal: "SIGINT", graceMs: STOP_MS });
    };
    return { url, cluster: home.cluster, process: server, stop };
  }
}

/** `initdb` into a folder that becomes the cluster only when it is complete. */
async function createCluster(home: PostgresHome): Promise<void> {
  const unfinished = `${home.cluster}.new`;
  const passwordFile = `${unfinished}.password`;
  rmSync(unfinished, { recursive: true, force: true });
  makeClusterFolder(unfinished, home.user);
  writePrivate(passwordFile, home.password);
  if (home.user !== undefined) chownSync(passwordFile, home.user.uid, home.user.gid);
  const initdb = runProgram(home, "initdb", [
    `--pgdata=${unfinished}`,
    "--username=postgres",
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
  ]);
  const { code, failure } = await initdb.exited;
  rmSync(passwordFile, { force: true });
  if (code === 0) {
    renameSync(unfinished, home.cluster);
    return;
  }
  rmSync(unfinished, { recursive: true, force: true });
  const output = initdb.lastLines(50).join("\n");
  const reason = failure?.message ?? lastComplaint(output);
  throw diskFull(output) ?? new OperatorError(`Postgres could not create its files: ${reason}`);
}

interface ServerOptions {
  readonly port: number;
  readonly fsync: boolean;
  readonly logFile: string;
}

function runServer(home: PostgresHome, { port, fsync, logFile }: ServerOptions) {
  const settings = {
    port,
    fsync: fsync ? "on" : "off",
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: 200,
    shared_buffers: "256MB",
    max_wal_size: "2GB",
    timezone: "UTC",
    log_timezone: "UTC",
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  return runProgram(home, "postgres", ["-D", home.cluster, ...flags], logFile);
}

function runProgram(
  home: PostgresHome,
  program: string,
  args: readonly string[],
  logFile?: string,
) {
  return startProcess({
    name: program === "postgres" ? "Postgres" : program,
    command: join(home.programs, "bin", program),
    args,
    env: { LC_ALL: "C", TZ: "UTC" },
    cwd: dirname(home.cluster),
    ...(home.user && { user: home.user }),
    ...(logFile && { logFile }),
  });
}

/** What Postgres complains about, without its time stamps. */
function lastComplaint(output: string): string {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  const complaint = lines.findLast((line) => /FATAL|PANIC|error:|could not/i.test(line));
  return (complaint ?? lines.at(-1) ?? "it says nothing").replace(/^.*?(FATAL|PANIC|error): */, "");
}
