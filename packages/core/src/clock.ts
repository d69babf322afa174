/** Time comes in through dependencies. `now` may be stepped by an administrator; `monotonicMs` never goes back. */
export interface Clock {
  /** Wall time, epoch milliseconds. */
  now(): number;
  /** Milliseconds since some fixed moment of this process. */
  monotonicMs(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
};
