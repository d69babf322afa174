/** One scenario's figures, one row a target. */
import { median, type PerTarget, ratio, type Sample } from "../results.ts";
import type { TargetName } from "../targets/target.ts";
import { type Column, figure, formatTable } from "./table.ts";

interface Row {
  readonly name: TargetName;
  readonly samples: readonly Sample[];
  readonly all: PerTarget<Sample>;
}

const right = "right";

const COLUMNS: readonly Column<Row>[] = [
  { title: "target", align: "left", text: ({ name }) => name },
  {
    title: "req/s best",
    align: right,
    text: ({ samples }) => figure(Math.max(...samples.map(({ perSecond }) => perSecond)), 0),
  },
  { title: "median", align: right, text: (row) => middle(row, (one) => one.perSecond, 0) },
  { title: "p50 ms", align: right, text: (row) => middle(row, (one) => one.p50Ms, 2) },
  { title: "p99 ms", align: right, text: (row) => middle(row, (one) => one.p99Ms, 2) },
  {
    title: "CPU µs best",
    align: right,
    text: ({ samples }) => figure(least(samples.map(({ cpuMicros }) => cpuMicros)), 0),
  },
  { title: "median", align: right, text: (row) => middle(row, (one) => one.cpuMicros, 0) },
  {
    title: "Postgres µs",
    align: right,
    text: (row) => middle(row, (one) => one.databaseMicros, 0),
  },
  {
    title: "calls admitted a commit",
    align: right,
    text: (row) => middle(row, (one) => one.admittedTogether, 1),
  },
  { title: "settled", align: right, text: (row) => middle(row, (one) => one.settledTogether, 1) },
  { title: "RSS MB", align: right, text: (row) => middle(row, (one) => one.rssMb, 0) },
  {
    title: "× bare node",
    align: right,
    text: ({ name, all }) => figure(ratio(all, name, "bare node"), 2),
  },
  {
    title: "× direct",
    align: right,
    text: ({ name, all }) => figure(ratio(all, name, "direct"), 3),
  },
  {
    title: "errors",
    align: right,
    text: ({ samples }) => String(samples.filter(({ errors }) => errors.length > 0).length),
  },
];

export function scenarioTable(all: PerTarget<Sample>): string {
  return formatTable(
    COLUMNS,
    [...all]
      .filter(([, samples]) => samples.length > 0)
      .map(([name, samples]) => ({ name, samples, all })),
  );
}

function middle({ samples }: Row, read: (sample: Sample) => number | null, digits: number): string {
  return figure(median(known(samples.map(read))), digits);
}

function least(values: readonly (number | null)[]): number | null {
  const numbers = known(values);
  return numbers.length === 0 ? null : Math.min(...numbers);
}

function known(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null);
}
