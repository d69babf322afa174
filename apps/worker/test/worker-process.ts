/** The worker as `npm start` starts it, beside a Redis of its own that a test may kill. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, type RunningProcess, startProcess } from "@yolo/testkit/processes";

export interface Worker extends AsyncDisposable {
  readonly process: RunningProcess;
  readonly url: string;
  /** Resolves once every check of `/readyz` is as given. */
  checks(expected: { readonly sweeps: boolean; readonly queue: boolean }): Promise<void>;
}

const DEADLINE_MS = 60_000;
const POLL_MS = 20;

/** `env` comes beside what every worker of a test is given. */
export async function startWorker(
  databaseUrl: string,
  redisUrl: string,
  env: { readonly [name: string]: string } = {},
): Promise<Worker> {
  const folder = mkdtempSync(join(tmpdir(), "yolo-worker-"));
  const secretsFile = join(folder, "secrets.json");
  writeFileSync(secretsFile, JSON.stringify({ v: 1, encryptionKeys: ring(), peppers: ring() }));
  const port = await freePort();
  const worker = startProcess({
    name: "worker",
    command: process.execPath,
    args: [join(import.meta.dirname, "..", "src", "main.ts")],
    env: {
      DATABASE_URL: databaseUrl,
      REDIS_URL: redisUrl,
      PORT: String(port),
      SECRETS_FILE: secretsFile,
      SWEEP_SECONDS: "0.5",
      ...env,
    },
  });
  const url = `http://127.0.0.1:${port}`;
  return {
    process: worker,
    url,
    checks: (expected) =>
      until(async () => {
        const response = await fetch(`${url}/readyz`);
        const ready = expected.sweeps && expected.queue;
        const body = JSON.stringify(await response.json());
        return response.ok === ready && body === JSON.stringify({ ready, ...expected });
      }),
    async [Symbol.asyncDispose]() {
      await worker[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function ring() {
  return { current: 1, keys: { 1: randomBytes(32).toString("base64") } };
}

export interface Redis extends AsyncDisposable {
  readonly url: string;
  /** Ends it without warning; its data is gone. */
  kill(): Promise<void>;
  /** Starts it anew, empty, at the same address. */
  restart(): Promise<void>;
}

export async function startRedis(policy = "noeviction"): Promise<Redis> {
  const { PATH } = process.env;
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "yolo-redis-"));
  const launch = async () => {
    const server = startProcess({
      name: "redis",
      command: "redis-server",
      args: ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder].concat(
        "--maxmemory-policy",
        policy,
      ),
      env: { PATH },
    });
    await server.line(/ready to accept connections/i);
    return server;
  };
  let server = await launch();
  const kill = async () => {
    await server.stop({ signal: "SIGKILL" });
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    kill,
    async restart() {
      server = await launch();
    },
    async [Symbol.asyncDispose]() {
      await kill();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Resolves once the condition holds. Throws when it does not within a minute. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS;
  while (!(await condition().catch(() => false))) {
    if (performance.now() > deadline) throw new Error(`not within ${DEADLINE_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
