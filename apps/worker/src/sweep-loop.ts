/** Runs a sweep again and again, whatever becomes of it. */
import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "@yolo/core/clock";

export interface SweepLoopOptions {
  readonly everyMs: number;
  readonly clock: Clock;
  /** One pass; how many rows it closed. */
  run(): Promise<number>;
  onDone(closed: number, tookMs: number): void;
  onError(error: unknown): void;
}

export interface SweepLoop {
  /** Whether a pass has succeeded within the last three periods. */
  isFresh(): boolean;
  /** Resolves when the pass under way has ended; no other follows. */
  stop(): Promise<void>;
}

/** The first pass runs at once; the pause is counted from the end of one to the start of the next. */
export function startSweepLoop(options: SweepLoopOptions): SweepLoop {
  const { clock, everyMs } = options;
  const stopping = new AbortController();
  let succeededAt = Number.NEGATIVE_INFINITY;

  async function pass(): Promise<void> {
    const startedAt = clock.monotonicMs();
    try {
      const closed = await options.run();
      succeededAt = clock.monotonicMs();
      options.onDone(closed, succeededAt - startedAt);
    } catch (error) {
      options.onError(error);
    }
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      await pass();
      await delay(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  const looping = loop();
  return {
    isFresh: () => clock.monotonicMs() - succeededAt <= 3 * everyMs,
    async stop() {
      stopping.abort();
      await looping;
    },
  };
}
