import { spawn } from "node:child_process";
import { createSecretKey, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { createInterface } from "node:readline";
import { systemClock } from "@yolo/core/clock";
import { createJobQueue } from "@yolo/store/jobs";
import { connectDatabase } from "@yolo/store/prisma";
import { connectRedis } from "@yolo/store/redis";
import { createDatabase } from "@yolo/testkit/database";
import { pino } from "pino";
import { expect, test } from "vitest";
import type { Deps } from "../../deps.ts";
import { readEnv } from "../../env.ts";
import { createMailer } from "../../mail/mailer.ts";
import { createAuth } from "../../sign-in/auth.ts";
import { checkDatabase, checkReady, checkRedis } from "./checks.ts";
import { readStatus } from "./read-status.ts";

const REDIS_PROGRAM = "redis-server";
const NOWHERE = "http://127.0.0.1:1";

function depsOf(variables: { readonly [name: string]: string }): Deps {
  const env = readEnv({
    DATABASE_URL: "postgres://yolo_app:canary-password@127.0.0.1:1/yolo",
    REDIS_URL: "redis://:canary-password@127.0.0.1:1",
    SECRETS_FILE: "/unused",
    GATEWAY_URL: NOWHERE,
    DASHBOARD_URL: NOWHERE,
    SMTP_URL: "smtp://127.0.0.1:1",
    ...variables,
  });
  const redis = connectRedis(env.REDIS_URL);
  redis.on("error", () => undefined);
  const shared = {
    env,
    database: connectDatabase(env.DATABASE_URL),
    secrets: { encryptionKeys: RING, peppers: RING },
    logger: pino({ level: "silent" }),
  };
  const mailer = createMailer(shared);
  return {
    ...{ ...shared, redis, mailer },
    jobs: createJobQueue(redis),
    clock: systemClock,
    auth: createAuth({ ...shared, mailer }),
  };
}

const RING = { current: 1, keys: new Map([[1, createSecretKey(randomBytes(32))]]) };

/** A process that answers every request with this status. */
async function processAnswering(status: number) {
  const server = createServer((_, response) => response.writeHead(status).end());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
    },
  };
}

test("a process is up only when it says that it is ready", async () => {
  await using ready = await processAnswering(200);
  await using waiting = await processAnswering(503);
  await using elsewhere = await processAnswering(302);
  const deps = depsOf({});
  expect(await checkReady(deps, ready.url)).toMatchObject({ up: true });
  expect(await checkReady(deps, waiting.url)).toEqual({ up: false, tookMs: null });
  expect(await checkReady(deps, elsewhere.url)).toMatchObject({ up: false });
  expect(await checkReady(deps, NOWHERE)).toMatchObject({ up: false });
});

test("a process that never answers is down after a moment, not after a minute", async () => {
  const silent = createServer(() => undefined).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const startedAt = performance.now();
  expect(await checkReady(depsOf({}), `http://127.0.0.1:${portOf(silent)}`)).toMatchObject({
    up: false,
  });
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  silent.close();
  silent.closeAllConnections();
});

test("the database is up while it answers a query", async () => {
  await using database = await createDatabase();
  const deps = depsOf({ DATABASE_URL: database.appUrl });
  await expect.poll(() => checkDatabase(deps)).toMatchObject({ up: true });
  await deps.database.$disconnect();
  expect(await checkDatabase(depsOf({}))).toMatchObject({ up: false });
});

async function startRedis(port: number): Promise<AsyncDisposable> {
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", ""];
  const redis = spawn(REDIS_PROGRAM, args, { stdio: ["ignore", "pipe", "ignore"] });
  for await (const line of createInterface({ input: redis.stdout })) {
    if (/ready to accept connections/i.test(line)) break;
  }
  return {
    async [Symbol.asyncDispose]() {
      const exited = once(redis, "exit");
      redis.kill("SIGKILL");
      await exited;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const port = portOf(server);
  server.close();
  await once(server, "close");
  return port;
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the server is not bound");
  return address.port;
}

test("Redis is down while it is away, and up again by itself when it is back", async () => {
  const port = await freePort();
  const deps = depsOf({ REDIS_URL: `redis://127.0.0.1:${port}` });
  expect(await checkRedis(deps)).toMatchObject({ up: false });
  const first = await startRedis(port);
  await expect.poll(() => checkRedis(deps), { timeout: 15_000 }).toMatchObject({ up: true });
  await first[Symbol.asyncDispose]();
  await expect.poll(() => checkRedis(deps), { timeout: 15_000 }).toMatchObject({ up: false });
  await using _second = await startRedis(port);
  await expect.poll(() => checkRedis(deps), { timeout: 15_000 }).toMatchObject({ up: true });
  deps.redis.disconnect();
});

test("addresses are shown in local mode only, never with a password", async () => {
  const local = await readStatus(
    depsOf({ LOCAL_MODE: "1", GATEWAY_OPERATOR_URL: `${NOWHERE}1`, WORKER_URL: NOWHERE }),
  );
  expect(local.map(({ id, address }) => [id, address])).toEqual([
    ["gateway", NOWHERE],
    ["database", "127.0.0.1:1/yolo"],
    ["worker", NOWHERE],
    ["redis", "127.0.0.1:1"],
  ]);
});
