/** What this process does: every job of the catalogue by name, and every sweep. */
import type { Clock } from "@yolo/core/clock";
import { JOBS, type JobName } from "@yolo/store/jobs";
import type { Database } from "@yolo/store/prisma";
import type { Secrets } from "@yolo/store/secrets-file";
import type { Sql } from "@yolo/store/sql";
import type { Logger } from "pino";
import type { z } from "zod";
import type { Attempt, JobEnd } from "./job-worker.ts";
import { dryRun } from "./jobs/dry-run/dry-run.ts";
import { makePartitions } from "./jobs/make-partitions.ts";
import { sweepCopiedRecords } from "./sweeps/copied-records.ts";
import { sweepDeadInstances } from "./sweeps/dead-instances.ts";
import { sweepEndedSignIns } from "./sweeps/ended-sign-ins.ts";
import { sweepEndedTrials } from "./sweeps/ended-trials.ts";
import { sweepOldAnswers } from "./sweeps/old-answers.ts";
import { sweepOldInvitations } from "./sweeps/old-invitations.ts";

export interface WorkerDeps {
  /** Exact SQL, and what spans orgs. */
  readonly sql: Sql;
  /** Everything that is one org's. */
  readonly database: Database;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly logger: Pick<Logger, "error">;
}

export interface JobContext extends WorkerDeps, Attempt {}

/** Does one job. Doing it twice is the same as once: a job may be delivered again. Throws when `data` is not its own. */
export type JobHandler = (data: unknown, context: JobContext) => Promise<JobEnd>;

/** Does what there is to do now and says how many rows it closed. */
export type Sweep = (deps: WorkerDeps) => Promise<number>;

export const JOB_HANDLERS: { readonly [name in JobName]: JobHandler } = {
  "make-partitions": handle(JOBS["make-partitions"].data, makePartitions),
  "dry-run": handle(JOBS["dry-run"].data, dryRun),
};

/** A sweep needs Postgres alone: it goes on while Redis is away. */
export const SWEEPS: { readonly [name: string]: Sweep } = {
  "copied-records": sweepCopiedRecords,
  "dead-instances": sweepDeadInstances,
  "ended-sign-ins": sweepEndedSignIns,
  "ended-trials": sweepEndedTrials,
  "old-answers": sweepOldAnswers,
  "old-invitations": sweepOldInvitations,
};

function handle<Schema extends z.ZodType>(
  schema: Schema,
  work: (data: z.output<Schema>, context: JobContext) => Promise<JobEnd>,
): JobHandler {
  return (data, context) => work(schema.parse(data), context);
}
