/**
 * How many requests a credential may send: a number each minute, counted in Redis from the first one. While Redis is
 * away each process counts by itself, so that a limit never becomes none.
 */
import type { Actor } from "@yolo/control/context";
import { AppError } from "@yolo/core/errors";
import { z } from "zod";
import type { Deps } from "../deps.ts";

/** What is left to whoever sent a request; RateLimit header fields, draft-ietf-httpapi-ratelimit-headers-10. */
export interface Quota {
  readonly limit: number;
  readonly remaining: number;
  /** Until all of it is there again. */
  readonly resetSeconds: number;
  readonly isExceeded: boolean;
}

/** Scripts by token; people's pages ask for several things at once, each second. */
const LIMITS = { token: 1_200, session: 3_000 } as const;
const WINDOW_MS = 60_000;
const LOCAL_MAX = 10_000;

const COUNT = `
local count = redis.call('INCR', KEYS[1])
if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
return {count, redis.call('PTTL', KEYS[1])}
`;
const counted = z.tuple([z.number(), z.number()]);

const local = new Map<string, { count: number; endsAt: number }>();

/** Counts one request; never throws. */
export async function countRequest(
  deps: Pick<Deps, "redis" | "clock">,
  actor: Extract<Actor, { kind: "member" }>,
): Promise<Quota> {
  const limit = actor.token === undefined ? LIMITS.session : LIMITS.token;
  const key = `${actor.orgId}:api-requests:${actor.token?.id ?? actor.memberId}`;
  const [count, leftMs] = await deps.redis
    .eval(COUNT, 1, key, WINDOW_MS)
    .then((reply) => counted.parse(reply))
    .catch(() => countLocally(key, deps.clock.monotonicMs()));
  return {
    limit,
    remaining: Math.max(0, limit - count),
    resetSeconds: Math.max(1, Math.ceil(leftMs / 1_000)),
    isExceeded: count > limit,
  };
}

/** Throws `rate_limited` with the time to wait. */
export function requireQuota({ limit, resetSeconds, isExceeded }: Quota): void {
  if (!isExceeded) return;
  throw new AppError("rate_limited", {
    message: `Too many requests came from you: ${limit} a minute are answered. Wait ${resetSeconds} seconds.`,
    facts: { limit },
    retryAfterSeconds: resetSeconds,
  });
}

export function quotaHeaders({ limit, remaining, resetSeconds }: Quota): Record<string, string> {
  return {
    "ratelimit-policy": `"minute";q=${limit};w=${WINDOW_MS / 1_000}`,
    ratelimit: `"minute";r=${remaining};t=${resetSeconds}`,
  };
}

function countLocally(key: string, now: number): readonly [number, number] {
  if (local.size > LOCAL_MAX) local.clear();
  const found = local.get(key);
  const cell =
    found !== undefined && found.endsAt > now ? found : { count: 0, endsAt: now + WINDOW_MS };
  cell.count += 1;
  local.set(key, cell);
  return [cell.count, cell.endsAt - now];
}
