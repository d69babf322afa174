/** What this process does: every job of the catalogue by name, and every sweep. */
import type { JobName } from "@yolo/store/jobs";
import type { Sql } from "@yolo/store/sql";
import { makePartitions } from "./jobs/make-partitions.ts";
import { sweepDeadInstances } from "./sweeps/dead-instances.ts";

/** Does one job. Doing it twice is the same as once: a job may be delivered again. */
export type JobHandler = (sql: Sql) => Promise<void>;

/** Does what there is to do now and says how many rows it closed. */
export type Sweep = (sql: Sql) => Promise<number>;

export const JOB_HANDLERS: { readonly [name in JobName]: JobHandler } = {
  "make-partitions": makePartitions,
};

/** A sweep needs Postgres alone: it goes on while Redis is away. */
export const SWEEPS: { readonly [name: string]: Sweep } = {
  "dead-instances": sweepDeadInstances,
};
