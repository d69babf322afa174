/** Load on one address, and what came of it. */
import type { RequestTemplate } from "../request.ts";

export interface LoadJob {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** Sent one after another by each lane, again and again; each pass has a number of its own. */
  readonly requests: readonly RequestTemplate[];
  /** Requests under way at any moment. */
  readonly connections: number;
  readonly seconds: number;
  /** The one right status. */
  readonly status: number;
  /** Tells this job's calls from those of all others. */
  readonly run: number;
}

export interface LoadResult {
  /** Answered completely, whatever the status. */
  readonly requests: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** What went wrong, with how often. Nothing is dropped. */
  readonly errors: readonly string[];
}

/** As many requests as the target bears: each connection sends its next one when it has its answer. */
export type ClosedLoop = (job: LoadJob) => Promise<LoadResult>;
