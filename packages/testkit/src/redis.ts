/** A Redis database of one's own per test, on a server that several test runs may share. */
import { randomUUID } from "node:crypto";
import { Redis } from "ioredis";

export interface TestRedis extends AsyncDisposable {
  /** With the number of the database, which is empty. */
  readonly url: string;
}

/** Longer than any test run: a lease left behind by a killed run ends by itself. */
const LEASE_SECONDS = 3_600;
/** Database 0 keeps the leases and belongs to nobody. */
const LEASE_PREFIX = "yolo:test:database:";

/** An empty database, leased until it is disposed. Needs TEST_REDIS_URL. Throws when all are taken. */
export async function createRedis(): Promise<TestRedis> {
  const { TEST_REDIS_URL: serverUrl } = process.env;
  if (!serverUrl) throw new Error("TEST_REDIS_URL is not set: run this by vitest.");
  const number = await lease(serverUrl);
  const url = new URL(serverUrl);
  url.pathname = `/${number}`;
  await onDatabase(url.href, (redis) => redis.flushdb());
  return {
    url: url.href,
    async [Symbol.asyncDispose]() {
      await onDatabase(url.href, (redis) => redis.flushdb());
      await onDatabase(serverUrl, (redis) => redis.del(`${LEASE_PREFIX}${number}`));
    },
  };
}

function lease(serverUrl: string): Promise<number> {
  return onDatabase(serverUrl, async (redis) => {
    const [, count] = await redis
      .config("GET", "databases")
      .then((pair) => [pair].flat().map(String));
    const databases = Number(count);
    const start = Math.floor(Math.random() * databases);
    for (let step = 0; step < databases; step++) {
      const number = (start + step) % databases;
      if (number === 0) continue;
      const key = `${LEASE_PREFIX}${number}`;
      if (await redis.set(key, randomUUID(), "EX", LEASE_SECONDS, "NX")) return number;
    }
    throw new Error(`all ${databases} databases of the test Redis are taken`);
  });
}

async function onDatabase<T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 1 });
  redis.on("error", () => undefined);
  try {
    await redis.connect();
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}
