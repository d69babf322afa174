/** `npm start` as a person meets it: real processes, a folder of its own, free ports, ended by signals. */
import { execFileSync, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
} from "node:fs";
import { createServer } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, type RunningProcess, startProcess } from "@yolo/testkit/processes";
import postgres from "postgres";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { startPostgres } from "./postgres.ts";

const BUILD_MS = 180_000;
const AGAIN_MS = 15_000;
const STOP_MS = 10_000;

interface Settings {
  readonly data: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

interface Start {
  readonly process: RunningProcess;
  readonly dashboard: string;
  readonly gateway: string;
}

async function start({ data, args = [], env = {} }: Settings): Promise<Start> {
  const [dashboard, gateway] = [await freePort(), await freePort()];
  const { PATH } = process.env;
  const running = startProcess({
    name: "start",
    command: process.execPath,
    args: ["--disable-warning=ExperimentalWarning", join(import.meta.dirname, "start.ts"), ...args],
    env: {
      PATH,
      YOLO_DATA: data,
      PORT_DASHBOARD: String(dashboard),
      PORT_GATEWAY: String(gateway),
      ...env,
    },
  });
  onTestFinished(async () => {
    await running.stop({ graceMs: STOP_MS });
  });
  return {
    process: running,
    dashboard: `http://127.0.0.1:${dashboard}`,
    gateway: `http://127.0.0.1:${gateway}`,
  };
}

/** A 0700 folder, as `mktemp -d` makes it; gone after the test with the cluster that may lie elsewhere. */
function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "yolo-start-"));
  onTestFinished(() => {
    rmSync(clusterOf(folder) ?? folder, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

function clusterOf(data: string): string | undefined {
  try {
    const state: unknown = JSON.parse(readFileSync(join(data, "postgres.json"), "utf8"));
    return z.object({ cluster: z.string() }).parse(state).cluster;
  } catch {
    return undefined;
  }
}

/** A full disk can be tried where this user may mount one that is small. */
const canMount =
  process.getuid?.() === 0 &&
  spawnSync("unshare", ["--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status === 0;

/** Every process that works in one of these folders or names one in its arguments. */
function processesOf(...folders: readonly string[]): readonly string[] {
  return globSync("/proc/[0-9]*").filter((process) => {
    try {
      const command = readFileSync(join(process, "cmdline"), "utf8");
      const current = readlinkSync(join(process, "cwd"));
      return folders.some((folder) => command.includes(folder) || current.startsWith(folder));
    } catch {
      return false;
    }
  });
}

/** Resolves once it runs; rejects with its last words when it ends before. */
async function isUp({ process: running }: Start): Promise<void> {
  await running.line(/yologateway runs/);
}

const ready = z.strictObject({
  dashboard: z.url(),
  gateway: z.url(),
  tenant: z.url(),
  org: z.literal("demo"),
  member: z.strictObject({ email: z.email(), password: z.string().min(12) }),
  apiToken: z.string(),
  project: z.literal("web"),
  agent: z.literal("claude-code"),
  agentKey: z.string().startsWith("ylg_test_"),
});

function readReady(data: string): z.output<typeof ready> {
  return ready.parse(JSON.parse(readFileSync(join(data, "ready.json"), "utf8")));
}

function ask(gateway: string, key: string, model: string): Promise<Response> {
  return fetch(`${gateway}/v1/messages`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "anthropic-version": "2023-06-01",
      "x-api-key": key,
    },
    body: JSON.stringify({
      model,
      max_tokens: 16,
      messages: [{ role: "user", content: "Say hello." }],
    }),
  });
}

test("the demo answers, Ctrl-C leaves no process, and the next start is quick and keeps everything", {
  timeout: BUILD_MS + 60_000,
}, async () => {
  const data = dataFolder();
  const first = await start({ data, args: ["--demo"] });
  await isUp(first);
  const before = readReady(data);
  for (const secret of ["ready", "secrets", "roles", "demo", "postgres"]) {
    expect(statSync(join(data, `${secret}.json`)).mode & 0o777).toBe(0o600);
  }
  expect(statSync(join(data, "logs")).mode & 0o777).toBe(0o700);
  expect((await ask(first.gateway, before.agentKey, "claude-sonnet-4-5")).status).toBe(200);
  expect((await ask(first.gateway, before.agentKey, "claude-opus-4-1")).status).toBe(403);
  await expectLoopbackOnly(first);

  await expectCtrlCToEnd(first, data);
  let second = await startAgain(data);
  // What else this machine does only adds to it.
  for (let tries = 1; tries < 3 && second.tookMs >= AGAIN_MS; tries += 1) {
    await expectCtrlCToEnd(second, data);
    second = await startAgain(data);
  }
  expect(second.tookMs).toBeLessThan(AGAIN_MS);
  const after = readReady(data);
  expect({ ...after, ...addresses(before) }).toEqual(before);
  expect((await ask(second.gateway, after.agentKey, "claude-sonnet-4-5")).status).toBe(200);
});

async function expectCtrlCToEnd(running: Start, data: string): Promise<void> {
  const stopping = performance.now();
  running.process.kill("SIGINT");
  expect((await running.process.exited).code).toBe(0);
  expect(performance.now() - stopping).toBeLessThan(STOP_MS);
  expect(processesOf(data, clusterOf(data) ?? data)).toEqual([]);
}

async function startAgain(data: string): Promise<Start & { readonly tookMs: number }> {
  const starting = performance.now();
  const again = await start({ data, args: ["--demo"] });
  await isUp(again);
  return { ...again, tookMs: performance.now() - starting };
}

function addresses({ dashboard, gateway, tenant }: z.output<typeof ready>): object {
  return { dashboard, gateway, tenant };
}

/** Tried from this machine's other addresses, where it has any. */
async function expectLoopbackOnly({ dashboard, gateway }: Start): Promise<void> {
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === "IPv4");
  for (const { address } of others) {
    for (const url of [dashboard, gateway]) {
      const elsewhere = url.replace("127.0.0.1", address);
      await expect(fetch(elsewhere)).rejects.toMatchObject({ cause: { code: "ECONNREFUSED" } });
    }
  }
}

test("when one part dies it is named, with its last words, and nothing is left running", {
  timeout: BUILD_MS,
}, async () => {
  const data = dataFolder();
  const house = await start({ data });
  await isUp(house);
  const [worker] = globSync("/proc/[0-9]*").filter((path) => isWorkerOf(path, house.process));
  process.kill(Number(worker?.split("/")[2]), "SIGKILL");
  expect((await house.process.exited).code).toBe(1);
  const last = house.process.lastLines(1);
  expect(last).toEqual([
    expect.stringMatching(/^worker was ended by SIGKILL: .*listening.* stops/),
  ]);
  expect(processesOf(data, clusterOf(data) ?? data)).toEqual([]);
});

function isWorkerOf(path: string, parent: RunningProcess): boolean {
  try {
    const command = readFileSync(join(path, "cmdline"), "utf8");
    const [, , , ppid] = readFileSync(join(path, "stat"), "utf8").split(" ");
    return command.includes("apps/worker/") && Number(ppid) === parent.pid;
  } catch {
    return false;
  }
}

test("after a start that was killed, the next one takes over its Postgres", {
  timeout: BUILD_MS,
}, async () => {
  const data = dataFolder();
  const first = await start({ data });
  await first.process.line(/Starting gateway/);
  process.kill(first.process.pid ?? 0, "SIGKILL");
  await first.process.exited;
  const second = await start({ data });
  await isUp(second);
  await second.process.stop({ signal: "SIGTERM", graceMs: STOP_MS });
  expect(processesOf(clusterOf(data) ?? data)).toEqual([]);
});

describe("one clear line, and nothing left running, for", () => {
  async function refused(given: Settings, line: string | RegExp): Promise<void> {
    const { process: running } = await start(given);
    expect((await running.exited).code).toBe(1);
    expect(running.lastLines(1)).toEqual([expect.stringMatching(line)]);
    expect(running.lastLines(100).join("\n")).not.toContain("    at ");
    expect(processesOf(given.data, clusterOf(given.data) ?? given.data)).toEqual([]);
  }

  test("a port that is taken", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const { port } = z.object({ port: z.number() }).parse(server.address());
    for (const variable of ["PORT_GATEWAY", "PORT_DASHBOARD"]) {
      const env = { [variable]: String(port) };
      const line = `Port ${port} is taken by another program: set ${variable} to another one.`;
      await refused({ data: dataFolder(), env }, line);
    }
    const env = { PORT_GATEWAY: String(port), PORT_DASHBOARD: String(port) };
    await refused({ data: dataFolder(), env }, /wrong: PORT_GATEWAY: is that of the dashboard/);
  });

  test("a port that is taken while everything else starts", { timeout: BUILD_MS }, async () => {
    const data = dataFolder();
    const { process: running, gateway } = await start({ data });
    await running.line(/Starting Postgres/);
    const { port } = new URL(gateway);
    const server = createServer().listen(Number(port), "127.0.0.1");
    onTestFinished(() => void server.close());
    expect((await running.exited).code).toBe(1);
    expect(running.lastLines(1)).toEqual([
      `Port ${port} is taken by another program: set PORT_GATEWAY to another one.`,
    ]);
  });

  test.for([
    ["postgres://user@127.0.0.1:1/none", /^Cannot use Postgres at .*: nothing listens there/],
    [
      "postgres://user@no-such-host.invalid/none",
      /^Cannot use Postgres at .*: there is no such host/,
    ],
    ["mysql://127.0.0.1/none", /^DATABASE_URL is not a Postgres URL/],
    ["postgres://50%off@127.0.0.1/none", /^DATABASE_URL is not a Postgres URL/],
  ] as const)("the DATABASE_URL %s", async ([url, line]) => {
    await refused({ data: dataFolder(), env: { DATABASE_URL: url } }, line);
  });

  test.for([
    ["redis://127.0.0.1:1", /^Cannot use Redis at 127.0.0.1:1 \(REDIS_URL\): /],
    ["http://127.0.0.1", /^REDIS_URL is not a Redis URL/],
  ] as const)("the REDIS_URL %s", async ([url, line]) => {
    await refused({ data: dataFolder(), env: { REDIS_URL: url } }, line);
  });

  test("a REDIS_URL where somebody listens and says nothing", async () => {
    const url = `redis://127.0.0.1:${await mutePort()}`;
    await refused(
      { data: dataFolder(), env: { REDIS_URL: url } },
      /\(REDIS_URL\): it does not answer/,
    );
  });

  test("settings that make no sense, and an option that does not exist", async () => {
    const data = dataFolder();
    await refused({ data, env: { PORT_GATEWAY: "many" } }, /wrong: PORT_GATEWAY/);
    await refused({ data, args: ["--dmeo"] }, /npm start -- --demo/);
  });

  test("a second start in the same folder", { timeout: BUILD_MS }, async () => {
    const data = dataFolder();
    const first = await start({ data });
    await first.process.line(/Starting Postgres/);
    const { process: second } = await start({ data });
    expect((await second.exited).code).toBe(1);
    expect(second.lastLines(1)).toEqual([expect.stringMatching(/^yologateway runs already with/)]);
    expect(first.process.running).toBe(true);
  });

  test.skipIf(!canMount)("a full disk", async () => {
    const data = dataFolder();
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=16m,mode=755", "tmpfs", data]);
    onTestFinished(() => void execFileSync("umount", [data]));
    await refused({ data }, /^The disk is full: make room/);
  });
});

test.for(["REDIS_URL", "DATABASE_URL"])(
  "Ctrl-C ends it too while it waits for the server of %s, which says nothing",
  async (variable) => {
    const protocol = variable === "REDIS_URL" ? "redis" : "postgres";
    const env = { [variable]: `${protocol}://127.0.0.1:${await mutePort()}` };
    const { process: running } = await start({ data: dataFolder(), env });
    await running.line(/Starting Postgres/);
    running.kill("SIGINT");
    expect((await running.exited).code).toBe(0);
    expect(running.lastLines(1)).toEqual(["Stopping …"]);
  },
);

/** Of a server that takes connections and never says a word. */
async function mutePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return z.object({ port: z.number() }).parse(server.address()).port;
}

test("with a DATABASE_URL the roles are made there and no Postgres is brought along", {
  timeout: BUILD_MS,
}, async () => {
  const server = await startPostgres(serverFolder());
  onTestFinished(() => server.stop());
  const sql = postgres(server.url, { max: 1 });
  onTestFinished(() => sql.end());
  await sql`CREATE ROLE plain LOGIN CREATEROLE PASSWORD 'plain'`;
  await sql`CREATE DATABASE theirs OWNER plain`;
  const url = new URL(server.url);
  Object.assign(url, { username: "plain", password: "plain", pathname: "/theirs" });

  const data = dataFolder();
  const house = await start({ data, args: ["--demo"], env: { DATABASE_URL: url.href } });
  await isUp(house);
  const { agentKey } = readReady(data);
  expect((await ask(house.gateway, agentKey, "claude-sonnet-4-5")).status).toBe(200);
  expect(clusterOf(data)).toBeUndefined();
  const connected = await sql`SELECT DISTINCT usename FROM pg_stat_activity
      WHERE datname = 'theirs' AND usename LIKE 'yolo_%' ORDER BY usename`;
  expect(connected.map(({ usename }) => usename)).toEqual(["yolo_app", "yolo_gateway"]);
});

function serverFolder(): string {
  const folder = dataFolder();
  mkdirSync(join(folder, "logs"));
  return folder;
}
