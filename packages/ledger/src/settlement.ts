/**
 * Outcomes, written after the last byte; nobody waits for them. One that cannot be written is tried again until it
 * is: meanwhile its record stays open and named by the lease (`oldestOpen`).
 */
import { setTimeout as delay } from "node:timers/promises";
import { type Sql, sqlState } from "@yolo/store/sql";
import { createBatcher } from "./batcher.ts";
import { encodeBatch } from "./encode-batch.ts";
import { bareOutcome, type Outcome } from "./outcome.ts";

export interface SettlementOptions {
  readonly sql: Sql;
  /** Told how many outcomes each batch holds. */
  onBatch?(outcomes: number): void;
  onError(error: unknown): void;
}

export interface Settlement {
  /** Resolves when the outcome is committed. */
  settle(outcome: Outcome): Promise<void>;
  /** Outcomes not yet committed. */
  pending(): number;
}

const BATCH_ITEMS_MAX = 64;
const BATCHES_IN_FLIGHT_MAX = 2;
const RETRY_FIRST_MS = 50;
const RETRY_MAX_MS = 2_000;

export function createSettlement(options: SettlementOptions): Settlement {
  let pending = 0;
  const submit = createBatcher<Outcome, void>({
    itemsMax: BATCH_ITEMS_MAX,
    inFlightMax: BATCHES_IN_FLIGHT_MAX,
    onBatch: (items) => options.onBatch?.(items),
    async run(outcomes) {
      const { json, payloads } = encodeBatch(outcomes);
      await options.sql`SELECT org.settle_2(${json}, ${payloads})`;
      return outcomes.map(() => undefined);
    },
  });

  async function settle(given: Outcome): Promise<void> {
    let outcome = given;
    pending += 1;
    for (let waitMs = RETRY_FIRST_MS; ; waitMs = Math.min(waitMs * 2, RETRY_MAX_MS)) {
      try {
        await submit(outcome);
        pending -= 1;
        return;
      } catch (error) {
        options.onError(error);
        // Half of it came from the upstream. What a column cannot hold never will be: the record closes without it.
        if (isRefusedValue(error)) outcome = bareOutcome(given.org, given.id, given.outcome);
        await delay(waitMs);
      }
    }
  }

  return { settle, pending: () => pending };
}

/** SQLSTATE classes 22, data exception, and 23, integrity constraint violation. */
function isRefusedValue(error: unknown): boolean {
  return /^2[23]/.test(sqlState(error) ?? "");
}
