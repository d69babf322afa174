/** The tables of half load, first token and memory. */
import type { FirstToken, HalfLoad, Memory, PerTarget } from "../results.ts";
import { median } from "../results.ts";
import { type Column, figure, formatTable } from "./table.ts";

export function halfLoadTable(all: PerTarget<HalfLoad>): string {
  return medians(all, [
    ["calls/s asked", ({ rate }) => rate, 0],
    ["reached", ({ reached }) => reached, 0],
    ["p50 ms", ({ p50Ms }) => p50Ms, 2],
    ["p99 ms", ({ p99Ms }) => p99Ms, 2],
    ["added p50 ms", ({ addedP50Ms }) => addedP50Ms, 2],
    ["added p99 ms", ({ addedP99Ms }) => addedP99Ms, 2],
    ["errors", ({ errors }) => errors.length, 0],
  ]);
}

export function firstTokenTable(all: PerTarget<FirstToken>): string {
  return medians(all, [
    ["streams", ({ streams }) => streams, 0],
    ["first token p50 ms", ({ p50Ms }) => p50Ms, 2],
    ["p99 ms", ({ p99Ms }) => p99Ms, 2],
    ["gap p50 ms", ({ gapP50Ms }) => gapP50Ms, 2],
    ["errors", ({ errors }) => errors.length, 0],
  ]);
}

export function memoryTable(readings: readonly Memory[]): string {
  return formatTable<Memory>(
    [
      { title: "after calls", align: "right", text: ({ calls }) => figure(calls, 0) },
      { title: "RSS MB", align: "right", text: ({ rssMb }) => figure(rssMb, 0) },
    ],
    readings,
  );
}

type Figure<Value> = readonly [title: string, read: (value: Value) => number, digits: number];

/** One row a target, each figure the median of its rounds. */
function medians<Value>(all: PerTarget<Value>, figures: readonly Figure<Value>[]): string {
  type Row = readonly [name: string, rounds: readonly Value[]];
  const columns = figures.map(
    ([title, read, digits]): Column<Row> => ({
      title,
      align: "right",
      text: ([, rounds]) => figure(median(rounds.map(read)), digits),
    }),
  );
  const rows: Row[] = [...all].filter(([, rounds]) => rounds.length > 0);
  return formatTable<Row>(
    [{ title: "target", align: "left", text: ([name]) => name }, ...columns],
    rows,
  );
}
