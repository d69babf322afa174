/**
 * Admission: the one transaction that lets an action go. When `admit` resolves `admitted`, intent and decision are
 * committed. No answer within the deadline means no: the caller refuses, and should the commit arrive after all,
 * the record is closed as `not_sent`.
 */
import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "@yolo/core/clock";
import { AppError } from "@yolo/core/errors";
import { type Sql, sqlState } from "@yolo/store/sql";
import { createBatcher } from "./batcher.ts";
import { encodeBatch } from "./encode-batch.ts";
import type { Intent } from "./intent.ts";

/** `stale`: decide again with a newer snapshot. `lease_ended`: this process may not admit any more. */
export type Verdict = "admitted" | "stale" | "lease_ended";

export interface AdmissionOptions {
  readonly sql: Sql;
  readonly clock: Clock;
  readonly deadlineMs: number;
  /**
   * How long a server may go on committing what a lost connection had sent it: above its `statement_timeout`.
   * Default 5 s.
   */
  readonly lostCommitMs?: number;
  /** Told how many intents each batch holds. */
  onBatch?(intents: number): void;
  /** Called when an intent may have been committed though its call was refused, and no earlier. */
  onLateCommit(intent: Intent): void;
}

export type Admit = (intent: Intent) => Promise<Verdict>;

const BATCH_ITEMS_MAX = 64;
const BATCHES_IN_FLIGHT_MAX = 2;
const BUSY_RETRY_MS = 5;
const RETRY_AFTER_SECONDS = 2;
const LOST_COMMIT_MS = 5_000;

/** Throws `record_unavailable` when the record cannot be written within the deadline. */
export function createAdmission(options: AdmissionOptions): Admit {
  const submit = createBatcher<Intent, string>({
    itemsMax: BATCH_ITEMS_MAX,
    inFlightMax: BATCHES_IN_FLIGHT_MAX,
    onBatch: (items) => options.onBatch?.(items),
    run: (intents, failure) => runBatch(options.sql, intents, failure),
  });
  const { lostCommitMs = LOST_COMMIT_MS } = options;

  async function untilNotBusy(intent: Intent, deadlineAt: number): Promise<Verdict> {
    for (;;) {
      const verdict = await submit(intent);
      if (verdict !== "busy") return knownVerdict(verdict);
      if (options.clock.monotonicMs() >= deadlineAt) throw new Error("the org kept changing");
      await delay(BUSY_RETRY_MS);
    }
  }

  return (intent) =>
    new Promise((resolve, reject) => {
      const { deadlineMs, clock } = options;
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        reject(recordUnavailable(new Error(`no commit within ${deadlineMs} ms`)));
      }, deadlineMs).unref();
      untilNotBusy(intent, clock.monotonicMs() + deadlineMs).then(
        (verdict) => {
          clearTimeout(timer);
          if (isLate) options.onLateCommit(intent);
          else resolve(verdict);
        },
        (cause) => {
          clearTimeout(timer);
          if (isCertain(cause)) options.onLateCommit(intent);
          else setTimeout(() => options.onLateCommit(intent), lostCommitMs);
          if (!isLate) reject(recordUnavailable(cause));
        },
      );
    });
}

/**
 * Whether a failure says that nothing was committed. Of what a lost connection had sent nobody knows yet, and a server
 * that goes away (classes 08 and 57P) may have committed before it did.
 */
function isCertain(failure: unknown): boolean {
  const state = sqlState(failure);
  return state !== null && !/^(?:08|57P)/.test(state);
}

async function runBatch(sql: Sql, intents: readonly Intent[], failure: unknown): Promise<string[]> {
  const orgs = [...new Set(intents.map(({ org }) => org))];
  const { json, payloads } = encodeBatch(intents);
  const rows = await sql<{ id: string; verdict: string }[]>`
    SELECT id, verdict FROM org.admit_2(${orgs}, ${json}, ${payloads})`;
  const verdicts = new Map(rows.map((row) => [row.id, row.verdict]));
  return intents.map(({ id }) => {
    const verdict = verdicts.get(id) ?? "missing";
    // The lost first attempt may have committed what was decided then: a new decision under this id would not be it.
    const isUnsure = failure !== undefined && !isCertain(failure) && verdict !== "admitted";
    return isUnsure ? "unsure" : verdict;
  });
}

function knownVerdict(verdict: string): Verdict {
  if (verdict === "admitted" || verdict === "stale" || verdict === "lease_ended") return verdict;
  throw new Error(`admission answered ${verdict}`);
}

function recordUnavailable(cause: unknown): AppError {
  return new AppError("record_unavailable", {
    message:
      "The record of this call could not be written, so the call was not made. Try again in a moment.",
    detail: cause instanceof Error ? cause.message : String(cause),
    retryAfterSeconds: RETRY_AFTER_SECONDS,
    cause,
  });
}
