/**
 * How many calls this process takes at once. What exceeds that is refused as it arrives, in the protocol's words and
 * with a time to come back, so that those who were taken are served as well as ever.
 */
import { AppError } from "@yolo/core/errors";

export interface RoomOptions {
  /** Calls under way, from before admission until the reply has ended. */
  readonly callsMax: number;
  /** Those of them that wait for their record to be committed. */
  readonly waitingMax: number;
  /** How many are under way. */
  live(): number;
}

export interface Room {
  /** Throws `overloaded` when there is none for one more call. Asked before anything of it is looked at. */
  requireOne(): void;
  /** Waits with a call that is under way already. Throws `overloaded` when too many do. */
  wait<Result>(admission: () => Promise<Result>): Promise<Result>;
}

/** So that those who were refused together do not come back together. */
const RETRY_AFTER_SECONDS = { from: 1, to: 4 };

export function createRoom({ callsMax, waitingMax, live }: RoomOptions): Room {
  let waiting = 0;
  return {
    requireOne() {
      if (live() >= callsMax || waiting >= waitingMax) throw overloaded();
    },
    async wait(admission) {
      // Many may have arrived before the first of them got here.
      if (live() > callsMax || waiting >= waitingMax) throw overloaded();
      waiting += 1;
      try {
        return await admission();
      } finally {
        waiting -= 1;
      }
    },
  };
}

function overloaded(): AppError {
  const { from, to } = RETRY_AFTER_SECONDS;
  return new AppError("overloaded", {
    message:
      "This gateway has as many calls under way as it takes at once, so this one was not made. Try again in a moment.",
    retryAfterSeconds: from + Math.floor(Math.random() * (to - from + 1)),
  });
}
