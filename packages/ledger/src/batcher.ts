/**
 * Group commit: what arrives within a turn of the event loop shares one round trip and one fsync. Batches grow with
 * load, and a lone item waits for nothing.
 */

export interface BatcherOptions<Item, Result> {
  /** Items in one batch, at most. */
  readonly itemsMax: number;
  /** Batches under way at once, at most. */
  readonly inFlightMax: number;
  /** Told the number of items of each batch as it leaves. */
  onBatch?(items: number): void;
  /** Results in the order of the items. `failure`: what the batch failed with that held this item before. */
  run(items: readonly Item[], failure?: unknown): Promise<readonly Result[]>;
}

export type Batcher<Item, Result> = (item: Item) => Promise<Result>;

interface Waiting<Item, Result> {
  readonly item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * A batch is not shared fate: when one fails, its items are tried again one by one, so that a poisonous item harms
 * only itself. `run` must therefore bear being asked twice for the same item.
 */
export function createBatcher<Item, Result>(
  options: BatcherOptions<Item, Result>,
): Batcher<Item, Result> {
  let waiting: Waiting<Item, Result>[] = [];
  let inFlight = 0;
  let scheduled = false;

  function schedule(): void {
    if (scheduled || inFlight >= options.inFlightMax || waiting.length === 0) return;
    scheduled = true;
    setImmediate(flush);
  }

  function flush(): void {
    scheduled = false;
    if (inFlight >= options.inFlightMax) return;
    const batch = waiting.slice(0, options.itemsMax);
    waiting = waiting.slice(options.itemsMax);
    inFlight += 1;
    options.onBatch?.(batch.length);
    void commit(batch).then(() => {
      inFlight -= 1;
      schedule();
    });
    schedule();
  }

  async function commit(batch: readonly Waiting<Item, Result>[], failure?: unknown): Promise<void> {
    try {
      const items = batch.map(({ item }) => item);
      settle(batch, await options.run(items, failure));
    } catch (error) {
      const [only] = batch;
      if (batch.length === 1) only?.reject(error);
      else await Promise.all(batch.map((one) => commit([one], error)));
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      schedule();
    });
}

function settle<Item, Result>(
  batch: readonly Waiting<Item, Result>[],
  results: readonly Result[],
): void {
  if (results.length !== batch.length) {
    throw new Error(`a batch of ${batch.length} got ${results.length} results`);
  }
  for (const [at, result] of results.entries()) batch[at]?.resolve(result);
}
