/** The notes of this process with their own connection to Redis; without Redis nothing is noted. */
import { connectRedis } from "@yolo/store/redis";
import { createUnrecordedCalls } from "@yolo/store/unrecorded-calls";
import { type CallNotes, type CallNotesOptions, createCallNotes } from "./call-notes.ts";

export interface OpenCallNotes extends CallNotes {
  close(): void;
}

export function openCallNotes(
  redisUrl: string | undefined,
  options: Omit<CallNotesOptions, "calls">,
): OpenCallNotes {
  if (redisUrl === undefined) return { refused: () => undefined, close: () => undefined };
  const redis = connectRedis(redisUrl);
  // Whoever writes a note is told that it is away; no call depends on it.
  redis.on("error", () => undefined);
  void redis.connect().catch(() => undefined);
  const notes = createCallNotes({ ...options, calls: createUnrecordedCalls(redis) });
  return { ...notes, close: () => redis.disconnect() };
}
