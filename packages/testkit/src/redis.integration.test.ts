import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { createRedis } from "./redis.ts";

test("each test has an empty database that no other test sees", async () => {
  await using first = await createRedis();
  await using second = await createRedis();
  expect(first.url).not.toBe(second.url);
  const one = new Redis(first.url);
  const two = new Redis(second.url);
  await one.set("key", "value");
  expect(await two.dbsize()).toBe(0);
  expect(await one.get("key")).toBe("value");
  one.disconnect();
  two.disconnect();
});
