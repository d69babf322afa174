/** Asks each part whether it answers, now, and waits no longer than a person would. */
import type { Deps } from "../../deps.ts";

export interface Answer {
  readonly up: boolean;
  /** How long the answer took; null without one. */
  readonly tookMs: number | null;
}

const DEADLINE_MS = 1_500;

/** Whether Postgres answers a query. */
export function checkDatabase({ database, clock }: Deps): Promise<Answer> {
  return ask(clock, async () => {
    await database.$queryRaw`SELECT 1`;
    return true;
  });
}

/** Whether Redis answers a ping. */
export function checkRedis({ redis, clock }: Deps): Promise<Answer> {
  return ask(clock, async () => {
    // It connects on first use, and again by itself after it was lost.
    if (redis.status === "wait" || redis.status === "end") await redis.connect();
    return (await redis.ping()) === "PONG";
  });
}

/** Whether a process says that it is ready. */
export function checkReady({ clock }: Deps, origin: string): Promise<Answer> {
  return ask(clock, async () => {
    const response = await fetch(`${origin}/readyz`, {
      cache: "no-store",
      redirect: "manual",
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    await response.arrayBuffer();
    return response.status === 200;
  });
}

async function ask(clock: Deps["clock"], question: () => Promise<boolean>): Promise<Answer> {
  const startedAt = clock.monotonicMs();
  const { promise: late, resolve: giveUp } = Promise.withResolvers<boolean>();
  const timer = setTimeout(giveUp, DEADLINE_MS, false);
  const up = await Promise.race([question().catch(() => false), late]);
  clearTimeout(timer);
  return { up, tookMs: up ? Math.round(clock.monotonicMs() - startedAt) : null };
}
