/** Redis holds what may be lost and rebuilt: job queues, rate-limit cells, wake-ups. */
import { Redis } from "ioredis";

/** For producers: a call fails at once while Redis is away, so that nothing waits for it. */
export function connectRedis(url: string): Redis {
  return new Redis(url, { maxRetriesPerRequest: 1, enableOfflineQueue: false, lazyConnect: true });
}

/** For job workers: waits as long as it takes (BullMQ asks for this setting). */
export function connectPatientRedis(url: string): Redis {
  return new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true });
}

/** Throws unless the server never evicts: a queue that forgets jobs under memory pressure is no queue. */
export async function requireNoEviction(redis: Redis): Promise<void> {
  const [, policy = "none"] = [await redis.config("GET", "maxmemory-policy")].flat().map(String);
  if (policy !== "noeviction") {
    throw new Error(`Redis must run with maxmemory-policy noeviction; it has ${policy}`);
  }
}
