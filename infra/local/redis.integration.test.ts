import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectRedis } from "@yolo/store/redis";
import { createRedis } from "@yolo/testkit/redis";
import { expect, onTestFinished, test } from "vitest";
import { checkRedis, requireRedis, startRedis } from "./redis.ts";

function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "yolo-redis-"));
  mkdirSync(join(folder, "logs"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test("where no server is installed and none may be, one line says what to install", () => {
  expect(() => requireRedis({ path: "/nonexistent", installs: false })).toThrow(
    /^Redis is missing: install it \(for example: .*\), or set REDIS_URL\.$/,
  );
});

test("a private server needs its password, never evicts, and has kept its data after a restart", async () => {
  const data = dataFolder();
  const first = await startRedis(data);
  onTestFinished(() => first.stop());
  const withoutPassword = `redis://${new URL(first.url).host}`;
  await expect(checkRedis(withoutPassword)).rejects.toThrow("NOAUTH");
  await checkRedis(first.url);
  await write(first.url);
  await first.stop();

  const second = await startRedis(data);
  onTestFinished(() => second.stop());
  const client = connectRedis(second.url);
  await client.connect();
  expect(await client.get("job")).toBe("waits");
  client.disconnect();
});

async function write(url: string): Promise<void> {
  const client = connectRedis(url);
  await client.connect();
  await client.set("job", "waits");
  client.disconnect();
}

test("a server that may evict is refused", async () => {
  const server = await startRedis(dataFolder());
  onTestFinished(() => server.stop());
  const client = connectRedis(server.url);
  await client.connect();
  await client.config("SET", "maxmemory-policy", "allkeys-lru");
  client.disconnect();
  await expect(checkRedis(server.url)).rejects.toMatchObject({
    name: "OperatorError",
    message: expect.stringMatching(
      /^Cannot use Redis at 127\.0\.0\.1:\d+ \(REDIS_URL\): .*noeviction/,
    ),
  });
});

test("the tests' own server is accepted", async () => {
  await using redis = await createRedis();
  await checkRedis(redis.url);
});
