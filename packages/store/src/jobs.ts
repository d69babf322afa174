/** The job catalogue: every background job by name. What must happen even without Redis is a sweep, not a job. */
import { type JobsOptions, Queue } from "bullmq";
import type { Redis } from "ioredis";
import { z } from "zod";

export const QUEUE = "jobs";

interface JobKind {
  /** What the job is given; `v` says in which form. */
  readonly data: z.ZodType;
  /** Repeats on this cron pattern, UTC; left out: it is ordered. */
  readonly cron?: string;
  readonly options: JobsOptions;
}

export const JOBS = {
  /** Makes the partitions of the months ahead. */
  "make-partitions": {
    data: z.strictObject({ v: z.literal(1) }),
    cron: "17 3 * * *",
    options: {
      attempts: 10,
      backoff: { type: "exponential", delay: 60_000 },
      removeOnComplete: 100,
      removeOnFail: 100,
    },
  },
  /** Judges recorded actions under a draft; its state is a row of `org.dry_runs`. */
  "dry-run": {
    data: z.strictObject({ v: z.literal(1), org: z.uuid(), run: z.uuid() }),
    options: {
      attempts: 5,
      backoff: { type: "exponential", delay: 2_000 },
      removeOnComplete: 100,
      removeOnFail: 100,
    },
  },
} as const satisfies Record<string, JobKind>;
export type JobName = keyof typeof JOBS;

export interface DryRunOrder {
  readonly org: string;
  readonly run: string;
}

/** Orders jobs. Ordering the same one twice is ordering it once. */
export interface JobQueue {
  /** Rejects within two seconds when Redis does not take it. */
  orderDryRun(order: DryRunOrder): Promise<void>;
  close(): Promise<void>;
}

const DEADLINE_MS = 2_000;

/** `redis` is a producer's connection (`connectRedis`); nothing is connected before the first order. */
export function createJobQueue(redis: Redis): JobQueue {
  let queue: Queue | undefined;

  function open(): Queue {
    if (queue !== undefined) return queue;
    queue = new Queue(QUEUE, { connection: redis });
    // Whoever orders is told by the order itself.
    queue.on("error", () => undefined);
    return queue;
  }

  return {
    async orderDryRun({ org, run }) {
      const name = "dry-run" satisfies JobName;
      const options = { ...JOBS[name].options, jobId: `${org}.${name}.${run}` };
      await withinDeadline(open().add(name, { v: 1, org, run }, options));
    },
    async close() {
      await queue?.close();
    },
  };
}

/** Puts every repeating job of the catalogue on schedule; doing it again changes nothing. */
export async function scheduleJobs(redis: Redis): Promise<void> {
  const queue = new Queue(QUEUE, { connection: redis });
  for (const [name, job] of Object.entries<JobKind>(JOBS)) {
    if (job.cron === undefined) continue;
    await queue.upsertJobScheduler(
      name,
      { pattern: job.cron, tz: "UTC" },
      { name, data: { v: 1 }, opts: job.options },
    );
  }
  await queue.close();
}

async function withinDeadline(work: Promise<unknown>): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new Error(`Redis has not answered within ${DEADLINE_MS} ms`)),
    DEADLINE_MS,
  );
  try {
    await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}
