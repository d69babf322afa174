/** The goals, as data, each judged by the medians of this run. */
import { median, type PerTarget, type Results, ratio, type Sample } from "../results.ts";
import type { ScenarioName } from "../scenarios.ts";
import { figure, formatTable } from "./table.ts";

interface Goal {
  readonly what: string;
  readonly bound: "at most" | "at least";
  readonly limit: number;
  readonly unit: string;
  /** NaN where it was not measured: then the goal is not met. */
  measure(results: Results): number;
}

const GOALS: readonly Goal[] = [
  {
    what: "gateway CPU, 1 KB",
    bound: "at most",
    limit: 160,
    unit: "µs",
    measure: (results) => cpu(results, "small-32"),
  },
  {
    what: "requests/s, 1 KB",
    bound: "at least",
    limit: 0.35,
    unit: "× bare node",
    measure: (results) => ratio(results.throughput.get("small-32"), "ours", "bare node"),
  },
  {
    what: "gateway CPU, 100 KB, a session's next turn",
    bound: "at most",
    limit: 1_000,
    unit: "µs",
    measure: (results) => cpu(results, "turns"),
  },
  {
    what: "gateway CPU, 100 KB, a session's first call",
    bound: "at most",
    limit: 1_000,
    unit: "µs",
    measure: (results) => cpu(results, "conversation"),
  },
  {
    what: "streams/s, bursts of 60 events",
    bound: "at least",
    limit: 0.6,
    unit: "× bare node",
    measure: (results) => ratio(results.throughput.get("burst"), "ours", "bare node"),
  },
  {
    what: "first token, over bare node",
    bound: "at most",
    limit: 1.5,
    unit: "ms",
    measure: ({ firstToken }) =>
      median((firstToken.get("ours") ?? []).map(({ p50Ms }) => p50Ms)) -
      median((firstToken.get("bare node") ?? []).map(({ p50Ms }) => p50Ms)),
  },
  {
    what: "added p50 at half load",
    bound: "at most",
    limit: 2,
    unit: "ms",
    measure: ({ halfLoad }) =>
      median((halfLoad.get("ours") ?? []).map(({ addedP50Ms }) => addedP50Ms)),
  },
  {
    what: "added p99 at half load",
    bound: "at most",
    limit: 8,
    unit: "ms",
    measure: ({ halfLoad }) =>
      median((halfLoad.get("ours") ?? []).map(({ addedP99Ms }) => addedP99Ms)),
  },
  {
    what: "refusals/s",
    bound: "at least",
    limit: 2,
    unit: "× allowed calls/s",
    measure: ({ throughput }) =>
      perSecond(throughput.get("refused")) / perSecond(throughput.get("small-32")),
  },
  {
    what: "memory at the end, flat",
    bound: "at most",
    limit: 1.15,
    unit: "× memory at the beginning",
    measure: ({ memory }) =>
      (memory.at(-1)?.rssMb ?? Number.NaN) / (memory[0]?.rssMb ?? Number.NaN),
  },
];

export function goalsTable(results: Results): string {
  const judged = GOALS.map((goal) => ({ ...goal, value: goal.measure(results) }));
  const digits = ({ limit }: Goal) => (limit >= 100 ? 0 : 2);
  return formatTable(
    [
      { title: "goal", align: "left", text: ({ what }) => what },
      {
        title: "wanted",
        align: "left",
        text: (goal) => `${goal.bound} ${figure(goal.limit, digits(goal))} ${goal.unit}`,
      },
      { title: "measured", align: "right", text: (goal) => figure(goal.value, digits(goal)) },
      { title: "", align: "left", text: (goal) => (isMet(goal, goal.value) ? "met" : "not met") },
    ],
    judged,
  );
}

function isMet({ bound, limit }: Goal, value: number): boolean {
  return bound === "at most" ? value <= limit : value >= limit;
}

function cpu({ throughput }: Results, scenario: ScenarioName): number {
  const samples = throughput.get(scenario)?.get("ours") ?? [];
  return median(samples.map(({ cpuMicros }) => cpuMicros ?? Number.NaN));
}

function perSecond(samples: PerTarget<Sample> | undefined): number {
  return median((samples?.get("ours") ?? []).map((sample) => sample.perSecond));
}
