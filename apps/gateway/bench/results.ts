/** What was measured, round by round, and the few numbers that are made of it. */
import type { ScenarioName } from "./scenarios.ts";
import type { TargetName } from "./targets/target.ts";

/** One measurement of one target. */
export interface Sample {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Per request; null where the target has no such process. */
  readonly cpuMicros: number | null;
  readonly databaseMicros: number | null;
  readonly rssMb: number | null;
  /** Calls that shared a commit, on average; null where the target commits nothing. */
  readonly admittedTogether: number | null;
  readonly settledTogether: number | null;
  readonly errors: readonly string[];
}

/** One round at half of a target's capacity, beside the same rate without anything in between. */
export interface HalfLoad {
  /** Calls a second, asked for and reached. */
  readonly rate: number;
  readonly reached: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly addedP50Ms: number;
  readonly addedP99Ms: number;
  readonly errors: readonly string[];
}

export interface FirstToken {
  readonly streams: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Between two events of one stream. */
  readonly gapP50Ms: number;
  readonly errors: readonly string[];
}

export interface Memory {
  readonly calls: number;
  readonly rssMb: number;
}

export type PerTarget<Value> = ReadonlyMap<TargetName, readonly Value[]>;

export interface Results {
  readonly throughput: ReadonlyMap<ScenarioName, PerTarget<Sample>>;
  readonly halfLoad: PerTarget<HalfLoad>;
  /** Calls a second up to which the open loop adds nothing of its own; NaN where it was not found. */
  readonly openLoopMax: number;
  readonly firstToken: PerTarget<FirstToken>;
  readonly memory: readonly Memory[];
}

/** NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Median over the rounds of a's figure to b's of the same round: what shook both leaves the ratio alone. */
export function ratio(
  samples: PerTarget<Sample> | undefined,
  a: TargetName,
  b: TargetName,
): number {
  const others = samples?.get(b) ?? [];
  const ratios = (samples?.get(a) ?? []).flatMap(({ perSecond }, round) => {
    const other = others[round];
    return other === undefined ? [] : [perSecond / other.perSecond];
  });
  return median(ratios);
}
