/** Takes jobs from the queue. While Redis is away it waits; when Redis comes back it goes on by itself. */
import { JOBS, type JobName, QUEUE, scheduleJobs } from "@yolo/store/jobs";
import { connectPatientRedis, requireNoEviction } from "@yolo/store/redis";
import { type Job, UnrecoverableError, Worker } from "bullmq";
import { z } from "zod";

export interface JobWorkerOptions {
  readonly redisUrl: string;
  run(name: JobName): Promise<void>;
  onDone(name: string): void;
  onFailed(name: string, error: Error): void;
  /** The connection was lost; said once, however often it cannot be opened again. */
  onAway(error: unknown): void;
  /** The connection works again. */
  onBack(): void;
}

export interface JobWorker {
  isConnected(): boolean;
  /** Waits for the job under way, but not for a Redis that is away. */
  stop(): Promise<void>;
}

const STOP_MS = 10_000;

/** What every job carries, whatever its name. */
const jobData = z.strictObject({ v: z.literal(1) });

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
  const worker = new Worker(QUEUE, (job) => perform(job, options), { connection: redis });
  worker.on("completed", (job) => options.onDone(job.name));
  worker.on("failed", (job, error) => options.onFailed(job?.name ?? "unknown", error));
  worker.on("error", onError);
  redis.on("ready", () => void onReady().catch(onError));
  return {
    isConnected: () => redis.status === "ready",
    async stop() {
      if (redis.status === "ready") await closeWithin(worker, STOP_MS);
      redis.disconnect();
    },
  };
}

async function perform(job: Job, options: JobWorkerOptions): Promise<void> {
  const { name } = job;
  if (!isJobName(name)) throw new UnrecoverableError(`there is no job ${name}`);
  jobData.parse(job.data);
  await options.run(name);
}

function isJobName(name: string): name is JobName {
  return Object.hasOwn(JOBS, name);
}

async function closeWithin(worker: Worker, milliseconds: number): Promise<void> {
  const timer = setTimeout(() => void worker.close(true), milliseconds);
  await worker.close();
  clearTimeout(timer);
}
