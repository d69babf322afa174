/** Takes jobs from the queue. While Redis is away it waits; when Redis comes back it goes on by itself. */
import { JOBS, type JobName, QUEUE, scheduleJobs } from "@yolo/store/jobs";
import { connectPatientRedis, requireNoEviction } from "@yolo/store/redis";
import { DelayedError, type Job, UnrecoverableError, Worker } from "bullmq";

export interface JobWorkerOptions {
  readonly redisUrl: string;
  /** After so long without a sign of life from its worker, a job is given to another. */
  readonly lockMs: number;
  /** `data` is as it was ordered, unchecked. */
  run(name: JobName, data: unknown, attempt: Attempt): Promise<JobEnd>;
  onDone(name: string): void;
  onFailed(name: string, error: Error): void;
  /** The connection was lost; said once, however often it cannot be opened again. */
  onAway(error: unknown): void;
  /** The connection works again. */
  onBack(): void;
}

export interface Attempt {
  /** Aborted when this process goes: what can, leaves off. */
  readonly stopping: AbortSignal;
  /** Whether no other attempt follows when this one fails. */
  readonly isLast: boolean;
}

/** `left_off`: it goes on later, here or in another process. */
export type JobEnd = "done" | "left_off";

export interface JobWorker {
  isConnected(): boolean;
  /** Waits for the job under way, but not for a Redis that is away. */
  stop(): Promise<void>;
}

const STOP_MS = 10_000;
/** A long job leaves room for others. */
const CONCURRENCY = 4;
/** How often a job may lose its worker, restarts included, until it has failed. */
const STALLED_MAX = 10;
/** When a job that was left off may be taken again. */
const AGAIN_MS = 500;

/** Throws when Redis does not answer or may evict: a queue that forgets is no queue. */
export async function startJobWorker(options: JobWorkerOptions): Promise<JobWorker> {
  const redis = connectPatientRedis(options.redisUrl);
  let away = false;
  const onError = (error: unknown) => {
    if (!away) options.onAway(error);
    away = true;
  };
  const onReady = async () => {
    // A Redis that came back may have come back empty.
    await scheduleJobs(redis);
    if (away) options.onBack();
    away = false;
  };
  redis.on("error", onError);
  try {
    await redis.connect();
    await requireNoEviction(redis);
    await onReady();
  } catch (error) {
    redis.disconnect();
    throw error;
  }
  const stopping = new AbortController();
  const worker = new Worker(
    QUEUE,
    (job, token) => perform(job, { ...options, token, stopping: stopping.signal }),
    {
      ...{ connection: redis, concurrency: CONCURRENCY, maxStalledCount: STALLED_MAX },
      ...{ lockDuration: options.lockMs, stalledInterval: options.lockMs },
    },
  );
  worker.on("completed", (job) => options.onDone(job.name));
  worker.on("failed", (job, error) => options.onFailed(job?.name ?? "unknown", error));
  worker.on("error", onError);
  redis.on("ready", () => void onReady().catch(onError));
  return {
    isConnected: () => redis.status === "ready",
    async stop() {
      stopping.abort();
      if (redis.status === "ready") await closeWithin(worker, STOP_MS);
      redis.disconnect();
    },
  };
}

interface Performance extends Pick<JobWorkerOptions, "run">, Pick<Attempt, "stopping"> {
  readonly token: string | undefined;
}

async function perform(job: Job, { run, token, stopping }: Performance): Promise<void> {
  const { name, data, attemptsMade, opts } = job;
  if (!isJobName(name)) throw new UnrecoverableError(`there is no job ${name}`);
  const isLast = attemptsMade + 1 >= (opts.attempts ?? 1);
  const end = await run(name, data, { stopping, isLast });
  if (end === "done") return;
  await job.moveToDelayed(Date.now() + AGAIN_MS, token);
  throw new DelayedError();
}

function isJobName(name: string): name is JobName {
  return Object.hasOwn(JOBS, name);
}

async function closeWithin(worker: Worker, milliseconds: number): Promise<void> {
  const timer = setTimeout(() => void worker.close(true), milliseconds);
  await worker.close();
  clearTimeout(timer);
}
