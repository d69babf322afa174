/** How a record ended, in the form `org.settle_2` takes it. */

export const OUTCOMES = [
  "done",
  "upstream_error",
  "aborted",
  "not_sent",
  "refused",
  "unknown",
] as const;
export type OutcomeName = (typeof OUTCOMES)[number];

/** Tokens of one model. `inputTokens` counts everything the model read, cache reads and writes included. */
export interface ModelUsage {
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  /** The part of `cacheWriteTokens` that is kept for an hour. */
  readonly cacheWriteHourTokens: number;
}

/** Tokens of one call, by the model that answered it. */
export interface Usage extends ModelUsage {
  /** What models used that were asked on the way: not in the counts of the other, and each has its own price. */
  readonly advisors?: readonly ModelUsage[];
  /** `estimated`: the reply was cut before the provider reported. */
  readonly metering: "reported" | "estimated";
}

/** Whether every count is one: a provider may report anything, and a price is made of these. */
export function isCountable({ advisors = [], ...usage }: Usage): boolean {
  return [usage, ...advisors].every(
    ({ inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, cacheWriteHourTokens }) =>
      [inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, cacheWriteHourTokens].every(
        (count) => Number.isSafeInteger(count) && count >= 0,
      ),
  );
}

export interface Outcome {
  readonly org: string;
  /** The record's id. */
  readonly id: string;
  readonly outcome: OutcomeName;
  readonly status: number | null;
  readonly error: string | null;
  readonly latencyMs: number | null;
  readonly firstByteMs: number | null;
  readonly responseBytes: number | null;
  readonly model: string | null;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly cacheReadTokens: number | null;
  readonly cacheWriteTokens: number | null;
  readonly metering: "reported" | "estimated" | null;
  /** Micro-dollars in decimal digits; null when the model has no known price. */
  readonly costMicros: string | null;
  readonly priceTable: string | null;
  readonly upstreamRequestId: string | null;
  /** Sealed; null when nothing is captured. */
  readonly payload: Uint8Array | null;
}

/** An outcome of which nothing else is known. */
export function bareOutcome(org: string, id: string, outcome: OutcomeName): Outcome {
  return {
    org,
    id,
    outcome,
    status: null,
    error: null,
    latencyMs: null,
    firstByteMs: null,
    responseBytes: null,
    model: null,
    inputTokens: null,
    outputTokens: null,
    cacheReadTokens: null,
    cacheWriteTokens: null,
    metering: null,
    costMicros: null,
    priceTable: null,
    upstreamRequestId: null,
    payload: null,
  };
}
