/** The job catalogue: every background job by name. What must happen even without Redis is a sweep, not a job. */
import { type JobsOptions, Queue } from "bullmq";
import type { Redis } from "ioredis";

export const QUEUE = "jobs";

interface JobKind {
  /** Repeats on this cron pattern, UTC. */
  readonly cron: string;
  readonly options: JobsOptions;
}

export const JOBS = {
  /** Makes the partitions of the months ahead. */
  "make-partitions": {
    cron: "17 3 * * *",
    options: {
      attempts: 10,
      backoff: { type: "exponential", delay: 60_000 },
      removeOnComplete: 100,
      removeOnFail: 100,
    },
  },
} as const satisfies Record<string, JobKind>;
export type JobName = keyof typeof JOBS;

/** Puts every repeating job of the catalogue on schedule; doing it again changes nothing. */
export async function scheduleJobs(redis: Redis): Promise<void> {
  const queue = new Queue(QUEUE, { connection: redis });
  for (const [name, job] of Object.entries(JOBS)) {
    await queue.upsertJobScheduler(
      name,
      { pattern: job.cron, tz: "UTC" },
      { name, data: { v: 1 }, opts: job.options },
    );
  }
  await queue.close();
}
