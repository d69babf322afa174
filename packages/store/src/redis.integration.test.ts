import { createRedis } from "@yolo/testkit/redis";
import { expect, test } from "vitest";
import { connectPatientRedis, connectRedis, requireNoEviction } from "./redis.ts";

test("a Redis that never evicts is accepted", async () => {
  await using server = await createRedis();
  const redis = connectRedis(server.url);
  await redis.connect();
  await expect(requireNoEviction(redis)).resolves.toBeUndefined();
  redis.disconnect();
});

test("a producer fails at once while Redis is away, a worker waits", async () => {
  const [producer, worker] = [
    connectRedis("redis://127.0.0.1:1"),
    connectPatientRedis("redis://127.0.0.1:1"),
  ];
  for (const redis of [producer, worker]) redis.on("error", () => undefined);
  await expect(producer.get("key")).rejects.toThrow();
  const first = await Promise.race([
    worker.get("key").then(
      () => "answered",
      () => "failed",
    ),
    // As many attempts as a producer would give up after, and then some.
    new Promise((resolve) => {
      let attempts = 0;
      worker.on("close", () => {
        attempts += 1;
        if (attempts === 3) resolve("waiting");
      });
    }),
  ]);
  expect(first).toBe("waiting");
  for (const redis of [producer, worker]) redis.disconnect();
});
