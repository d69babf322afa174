/** What is measured: nothing in between, nginx, a bare Node proxy, and our gateway. */

export const TARGETS = ["direct", "nginx", "bare node", "ours"] as const;
export type TargetName = (typeof TARGETS)[number];

export interface Batches {
  readonly admission: Batched;
  readonly settlement: Batched;
}

export interface Batched {
  readonly batches: number;
  readonly items: number;
}

export interface Target extends AsyncDisposable {
  readonly name: TargetName;
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** Root of the processes under test; null where there is none. */
  readonly pid: number | null;
  /** Root of the database's processes, where the target has one. */
  readonly databasePid: number | null;
  /** What has been committed together so far; null where the target commits nothing. */
  readBatches(): Promise<Batches | null>;
  /** Resolves when nothing that earlier calls caused is left to do. */
  settled(): Promise<void>;
}
