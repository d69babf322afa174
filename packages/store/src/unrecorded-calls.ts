/**
 * Calls that were refused before they could become a record, so that the people who are connecting an agent see why:
 * per org the latest few, for an hour, in Redis alone. Nothing depends on them, and no key ever stands in one.
 */
import type { Redis } from "ioredis";
import { z } from "zod";

export const UNRECORDED_REASONS = [
  // who is calling
  "no_key",
  "not_an_agent_key",
  "member_token",
  "conflicting_keys",
  "mistyped_key",
  "unknown_key",
  "revoked_key",
  "expired_key",
  "archived_agent",
  "removed_member",
  "other_org",
  "other_host",
  // what is asked
  "unsupported_path",
  "unsupported_method",
  "unreadable",
  "no_policy",
] as const;

const unrecordedCall = z.object({
  v: z.literal(1),
  requestId: z.string(),
  /** Epoch milliseconds. */
  at: z.number(),
  reason: z.enum(UNRECORDED_REASONS),
  /** The error's code, as the client was told. */
  code: z.string(),
  status: z.int(),
  method: z.string(),
  path: z.string(),
  host: z.string(),
  userAgent: z.string().nullable(),
  /** What tells the key from others; null where none came. */
  key: z
    .object({
      prefix: z.string(),
      /** Null where so little was sent that four characters would be much of it. */
      lastFour: z.string().nullable(),
      /** Whether it is whole: the last six characters fit the ones before. */
      isWellFormed: z.boolean(),
      /** The agent key's id (a UUID) where it is one of this org's. */
      id: z.uuid().nullable(),
    })
    .nullable(),
});
export type UnrecordedCall = z.output<typeof unrecordedCall>;

export interface UnrecordedCalls {
  /** Rejects when Redis does not take it. */
  note(orgId: string, call: Omit<UnrecordedCall, "v">): Promise<void>;
  /** The org's since this moment (epoch milliseconds), newest first. Rejects within a second when Redis is away. */
  read(orgId: string, since: number): Promise<UnrecordedCall[]>;
}

const KEPT = 50;
const KEPT_SECONDS = 3_600;
const DEADLINE_MS = 1_000;

/** `redis` is a producer's connection (`connectRedis`), connected on first use. */
export function createUnrecordedCalls(redis: Redis): UnrecordedCalls {
  return {
    async note(orgId, call) {
      await connected(redis);
      const key = listKey(orgId);
      const text = JSON.stringify({ v: 1, ...call } satisfies UnrecordedCall);
      const results = await redis
        .multi()
        .lpush(key, text)
        .ltrim(key, 0, KEPT - 1)
        .expire(key, KEPT_SECONDS)
        .exec();
      const failed = results?.find(([error]) => error !== null);
      if (failed !== undefined) throw failed[0];
    },
    async read(orgId, since) {
      const texts = await withinDeadline(
        connected(redis).then(() => redis.lrange(listKey(orgId), 0, KEPT - 1)),
      );
      return texts.flatMap((text) => {
        const parsed = unrecordedCall.safeParse(JSON.parse(text));
        return parsed.success && parsed.data.at >= since ? [parsed.data] : [];
      });
    },
  };
}

function listKey(orgId: string): string {
  return `{${orgId}}:unrecorded-calls`;
}

/** A lazy connection refuses commands before it is asked to connect. */
async function connected(redis: Redis): Promise<void> {
  if (redis.status === "wait") await redis.connect();
}

async function withinDeadline<Result>(work: Promise<Result>): Promise<Result> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error("Redis does not answer")), DEADLINE_MS);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}
