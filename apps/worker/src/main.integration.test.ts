import { newId } from "@yolo/core/ids";
import { QUEUE } from "@yolo/store/jobs";
import { connectRedis } from "@yolo/store/redis";
import { connectSql, type Sql } from "@yolo/store/sql";
import { createDatabase, type TestDatabase } from "@yolo/testkit/database";
import { Queue } from "bullmq";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { admitOpen, leaseFor, outcomeOf } from "../test/open-record.ts";
import { type Redis, startRedis, startWorker, until, type Worker } from "../test/worker-process.ts";

let database: TestDatabase;
let redis: Redis;
let worker: Worker;
let gateway: Sql;
let owner: Sql;

const options = { name: "test", connections: 2, statementTimeoutMs: 10_000, lockTimeoutMs: 10_000 };

beforeAll(async () => {
  database = await createDatabase();
  redis = await startRedis();
  gateway = connectSql(database.gatewayUrl, options);
  owner = connectSql(database.ownerUrl, options);
  worker = await startWorker(database.appUrl, redis.url);
  await worker.checks({ sweeps: true, queue: true });
});
afterAll(async () => {
  await worker[Symbol.asyncDispose]();
  await Promise.all([gateway.end(), owner.end()]);
  await redis[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

/** A record whose instance dies within a second, and one whose instance lives. */
async function aDeadAndALiving() {
  const living = await admitOpen(gateway, owner, await leaseFor(gateway, 600));
  const dead = await admitOpen(gateway, owner, await leaseFor(gateway, 1));
  return { dead, living };
}

test("a dead instance's open record becomes unknown; a living one's never does", async () => {
  const { dead, living } = await aDeadAndALiving();
  expect(await outcomeOf(owner, dead)).toBeNull();
  await until(async () => (await outcomeOf(owner, dead)) === "unknown");
  expect(await outcomeOf(owner, living)).toBeNull();
});

test("an instance that gave its lease back is swept at once", async () => {
  const instance = await leaseFor(gateway, 600);
  const record = await admitOpen(gateway, owner, instance);
  await gateway`SELECT directory.end_lease_1(${instance})`;
  await until(async () => (await outcomeOf(owner, record)) === "unknown");
});

test("sweeping goes on after every database connection was cut", async () => {
  const { dead } = await aDeadAndALiving();
  const cut = await owner`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'worker' AND datname = ${database.name}`;
  expect(cut.length).toBeGreaterThan(0);
  await until(async () => (await outcomeOf(owner, dead)) === "unknown");
  await worker.checks({ sweeps: true, queue: true });
});

describe("what has ended by time", () => {
  const MOMENTS = { over: "-1 minute", ahead: "1 minute" };

  test("sessions and links of people are erased, those that still work are not", async () => {
    const person = newId();
    await owner`INSERT INTO directory.people (id, email, name) VALUES (${person}, ${`${person}@a.example`}, 'P')`;
    for (const [name, moment] of Object.entries(MOMENTS)) {
      await owner`INSERT INTO directory.person_sessions (id, person_id, token, expires_at)
        VALUES (${newId()}, ${person}, ${name}, now() + ${moment}::interval)`;
      await owner`INSERT INTO directory.verifications (id, identifier, value, expires_at)
        VALUES (${newId()}, ${name}, 'v', now() + ${moment}::interval)`;
    }
    await until(async () => {
      const left = await owner<{ name: string }[]>`
        SELECT token AS name FROM directory.person_sessions UNION ALL SELECT identifier FROM directory.verifications`;
      return left.length === 2 && left.every(({ name }) => name === "ahead");
    });
  });

  test("an invitation is closed a week after its time, and keeps its row", async () => {
    const [org, member] = [newId(), newId()];
    await owner`INSERT INTO org.members (org_id, id, person_id, role) VALUES (${org}, ${member}, ${newId()}, 'owner')`;
    for (const days of [6, 8]) {
      await owner`INSERT INTO org.invitations (org_id, id, email, role, hash, inviter_id, created_at, expires_at)
        VALUES (${org}, ${newId()}, ${`${days}@a.example`}, 'auditor', ${Buffer.from(`${days}`)}, ${member},
          now() - interval '20 days', now() - make_interval(days => ${days}))`;
    }
    await until(async () => {
      const open = await owner<{ email: string; revoked: boolean }[]>`
        SELECT email, revoked_at IS NOT NULL AS revoked FROM org.invitations WHERE org_id = ${org} ORDER BY email`;
      expect(open.map(({ email }) => email)).toEqual(["6@a.example", "8@a.example"]);
      return JSON.stringify(open.map(({ revoked }) => revoked)) === "[false,true]";
    });
  });

  test("answers kept under idempotency keys are erased after a day", async () => {
    const org = newId();
    for (const hours of [23, 25]) {
      await owner`INSERT INTO org.idempotency_keys (org_id, actor_id, key, at, sealed)
        VALUES (${org}, ${newId()}, ${`${hours}`}, now() - make_interval(hours => ${hours}), 's')`;
    }
    await until(async () => {
      const left = await owner`SELECT key FROM org.idempotency_keys WHERE org_id = ${org}`;
      return JSON.stringify(left) === '[{"key":"23"}]';
    });
  });
});

test("when a key was last used is noted once its call has ended", async () => {
  const { dead } = await aDeadAndALiving();
  await until(async () => {
    const [row] = await owner<{ noted: boolean }[]>`
      SELECT u.last_used_at = i.at AS noted FROM org.intents i
      JOIN org.key_uses u ON u.org_id = i.org_id AND u.key_id = i.key_id
      WHERE i.org_id = ${dead.org} AND i.id = ${dead.id}`;
    return row?.noted === true;
  });
});

test("the job makes the partitions of the months ahead", async () => {
  const connection = connectRedis(redis.url);
  const queue = new Queue(QUEUE, { connection });
  const ahead = () => owner<{ name: string }[]>`
    SELECT relname AS name FROM pg_class
    WHERE relname = 'intents_' || to_char(date_trunc('month', now() AT TIME ZONE 'UTC') + interval '3 months', 'YYYY_MM')`;
  expect(await ahead()).toHaveLength(0);
  // Whoever reads or writes records at the moment may keep it waiting: it gives way, and is tried again.
  await queue.add("make-partitions", { v: 1 }, { attempts: 100, backoff: 100 });
  await until(async () => (await ahead()).length === 1);
  expect(await queue.getJobSchedulersCount()).toBe(1);
  await queue.close();
  connection.disconnect();
});

test("a job that the catalogue does not know fails at once and is not tried again", async () => {
  const connection = connectRedis(redis.url);
  const queue = new Queue(QUEUE, { connection });
  const job = await queue.add("no-such-job", { v: 1 }, { attempts: 5 });
  await until(async () => (await job.getState()) === "failed");
  expect((await queue.getJob(job.id ?? ""))?.attemptsMade).toBe(1);
  await queue.close();
  connection.disconnect();
});

test("the metrics say how often was swept, and name no org", async () => {
  const { dead } = await aDeadAndALiving();
  await until(async () => (await outcomeOf(owner, dead)) === "unknown");
  const text = await (await fetch(`${worker.url}/metrics`)).text();
  expect(text).toMatch(/yolo_sweeps_total\{sweep="dead-instances",result="done"\} [1-9]/);
  expect(text).toMatch(/yolo_swept_total\{sweep="dead-instances"\} [1-9]/);
  expect(text).toContain("yolo_queue_connected 1");
  expect(text).not.toContain(dead.org);
});

test("what is not health or metrics is refused", async () => {
  expect((await fetch(`${worker.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${worker.url}/`)).status).toBe(404);
  expect((await fetch(`${worker.url}/healthz`, { method: "POST" })).status).toBe(405);
});

describe("Redis", () => {
  test("may die: sweeping goes on, the queue says that it is away, and it recovers by itself", async () => {
    await redis.kill();
    await worker.checks({ sweeps: true, queue: false });
    const { dead, living } = await aDeadAndALiving();
    await until(async () => (await outcomeOf(owner, dead)) === "unknown");
    expect(await outcomeOf(owner, living)).toBeNull();

    await redis.restart();
    await worker.checks({ sweeps: true, queue: true });
    const connection = connectRedis(redis.url);
    const queue = new Queue(QUEUE, { connection });
    await until(async () => (await queue.getJobSchedulersCount()) === 1);
    const job = await queue.add("make-partitions", { v: 1 });
    await until(async () => (await job.getState()) === "completed");
    await queue.close();
    connection.disconnect();
  });

  test("must not evict: otherwise the worker refuses to start and says why", async () => {
    await using evicting = await startRedis("allkeys-lru");
    await using refused = await startWorker(database.appUrl, evicting.url);
    expect(await refused.process.exited).toMatchObject({ code: 1 });
    expect(refused.process.lastLines(5).join()).toMatch(/noeviction; it has allkeys-lru/);
  });

  test("must be there at the start", async () => {
    await using refused = await startWorker(database.appUrl, "redis://127.0.0.1:1");
    expect(await refused.process.exited).toMatchObject({ code: 1 });
    expect(refused.process.lastLines(5).join()).toMatch(/cannot start without Redis/);
  });
});

describe("SIGTERM", () => {
  test("ends it in order, also while Redis is away", async () => {
    await using own = await startRedis();
    await using first = await startWorker(database.appUrl, own.url);
    await first.checks({ sweeps: true, queue: true });
    expect(await first.process.stop()).toMatchObject({ code: 0 });
    await using second = await startWorker(database.appUrl, own.url);
    await second.checks({ sweeps: true, queue: true });
    await own.kill();
    await second.checks({ sweeps: true, queue: false });
    expect(await second.process.stop()).toMatchObject({ code: 0 });
  });
});

test("a wrong variable stops it by name", async () => {
  await using wrong = await startWorker("mysql://x", redis.url);
  expect(await wrong.process.exited).toMatchObject({ code: 1 });
  expect(wrong.process.lastLines(20).join("\n")).toMatch(/DATABASE_URL/);
});
