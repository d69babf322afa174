import fc from "fast-check";
import { expect, test } from "vitest";
import { createBatcher } from "./batcher.ts";

test("what arrives within a turn of the event loop shares one batch, in order", async () => {
  const batches: (readonly number[])[] = [];
  const submit = createBatcher<number, number>({
    itemsMax: 64,
    inFlightMax: 2,
    async run(items) {
      batches.push(items);
      return items.map((item) => item * 10);
    },
  });
  expect(await Promise.all([1, 2, 3].map(submit))).toEqual([10, 20, 30]);
  expect(batches).toEqual([[1, 2, 3]]);
});

test("a batch is never larger than its limit, and no more batches are under way than allowed", async () => {
  const sizes: number[] = [];
  let underWay = 0;
  let mostUnderWay = 0;
  const submit = createBatcher<number, number>({
    itemsMax: 4,
    inFlightMax: 2,
    async run(items) {
      sizes.push(items.length);
      underWay += 1;
      mostUnderWay = Math.max(mostUnderWay, underWay);
      for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
      underWay -= 1;
      return items;
    },
  });
  const numbers = Array.from({ length: 30 }, (_, at) => at);
  expect(await Promise.all(numbers.map(submit))).toEqual(numbers);
  expect(Math.max(...sizes)).toBe(4);
  expect(mostUnderWay).toBe(2);
});

test("what waits while batches are under way makes one larger batch", async () => {
  const gates: (() => void)[] = [];
  const sizes: number[] = [];
  const submit = createBatcher<number, number>({
    itemsMax: 64,
    inFlightMax: 1,
    async run(items) {
      sizes.push(items.length);
      await new Promise<void>((resolve) => gates.push(resolve));
      return items;
    },
  });
  const first = submit(0);
  while (gates.length < 1) await new Promise(setImmediate);
  const rest = [1, 2, 3, 4, 5].map(submit);
  gates.shift()?.();
  await first;
  while (gates.length < 1) await new Promise(setImmediate);
  gates.shift()?.();
  await Promise.all(rest);
  expect(sizes).toEqual([1, 5]);
});

test("a poisonous item harms only itself, wherever it stands and however many there are", async () => {
  const items = fc.array(fc.record({ id: fc.nat(), poison: fc.boolean() }), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(items, fc.integer({ min: 1, max: 9 }), async (all, itemsMax) => {
      const submit = createBatcher<(typeof all)[number], number>({
        itemsMax,
        inFlightMax: 2,
        async run(batch) {
          if (batch.some(({ poison }) => poison)) throw new Error("poison");
          return batch.map(({ id }) => id);
        },
      });
      const ends = await Promise.allSettled(all.map(submit));
      for (const [at, { id, poison }] of all.entries()) {
        expect(ends[at]).toMatchObject(
          poison ? { status: "rejected" } : { status: "fulfilled", value: id },
        );
      }
    }),
    { numRuns: 200 },
  );
});

test("an item that is tried again is told what its batch failed with", async () => {
  const failures: unknown[] = [];
  const broken = new Error("broken");
  const submit = createBatcher<number, number>({
    itemsMax: 64,
    inFlightMax: 2,
    async run(items, failure) {
      failures.push(failure);
      if (items.length > 1) throw broken;
      return items;
    },
  });
  await Promise.all([1, 2].map(submit));
  expect(failures).toEqual([undefined, broken, broken]);
});

test("results that do not match the items are nobody's results", async () => {
  const submit = createBatcher<number, number>({
    itemsMax: 64,
    inFlightMax: 2,
    run: async () => [7, 7, 7],
  });
  const ends = await Promise.allSettled([1, 2].map(submit));
  expect(ends.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
});
