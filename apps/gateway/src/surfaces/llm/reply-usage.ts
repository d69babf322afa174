/** What the provider says a reply cost, and what a reply that was cut short has cost by its length. */
import type { Usage } from "@yolo/ledger/outcome";
import { field } from "./field.ts";

/** A report as providers make it: partial, later ones adding to or replacing earlier ones. Null: not said. */
export interface UsageReport {
  readonly input: number | null;
  readonly output: number | null;
  readonly cacheRead: number | null;
  readonly cacheWrite: number | null;
  readonly cacheWriteHour: number | null;
  /** What summarising the conversation on the way took, which the other numbers leave out. */
  readonly compaction: UsageReport | null;
}

/** Bytes of English and code to a token, as Anthropic's documentation puts it. */
const BYTES_PER_TOKEN = 3.5;

/** Reads the API's `usage` object; null when it is none. What it does not say, or says as no count, is null. */
export function readUsage(value: unknown): UsageReport | null {
  if (typeof value !== "object" || value === null) return null;
  const iterations = field(value, "iterations");
  const compactions = Array.isArray(iterations)
    ? iterations.filter((entry) => field(entry, "type") === "compaction")
    : [];
  return {
    input: count(field(value, "input_tokens")),
    output: count(field(value, "output_tokens")),
    cacheRead: count(field(value, "cache_read_input_tokens")),
    cacheWrite: count(field(value, "cache_creation_input_tokens")),
    cacheWriteHour: count(field(field(value, "cache_creation"), "ephemeral_1h_input_tokens")),
    compaction: compactions.map(readUsage).reduce(sum, null),
  };
}

/** The later report where it says something, else the earlier: the API's numbers are totals, never differences. */
export function merge(earlier: UsageReport | null, later: UsageReport | null): UsageReport | null {
  if (earlier === null || later === null) return later ?? earlier;
  return {
    input: later.input ?? earlier.input,
    output: later.output ?? earlier.output,
    cacheRead: later.cacheRead ?? earlier.cacheRead,
    cacheWrite: later.cacheWrite ?? earlier.cacheWrite,
    cacheWriteHour: later.cacheWriteHour ?? earlier.cacheWriteHour,
    compaction: later.compaction ?? earlier.compaction,
  };
}

/** Tokens that so many bytes of reply text are, roughly. */
export function estimateTokens(bytes: number): number {
  return Math.ceil(bytes / BYTES_PER_TOKEN);
}

/** The usage of a whole reply; of one cut short when `seenBytes` of its text is not null. */
export function usageOf(report: UsageReport, model: string, seenBytes: number | null): Usage {
  const all = report.compaction === null ? report : sum(report, report.compaction);
  const cacheReadTokens = all?.cacheRead ?? 0;
  const cacheWriteTokens = all?.cacheWrite ?? 0;
  const output = all?.output ?? 0;
  return {
    model,
    inputTokens: (all?.input ?? 0) + cacheReadTokens + cacheWriteTokens,
    outputTokens: seenBytes === null ? output : Math.max(output, estimateTokens(seenBytes)),
    cacheReadTokens,
    cacheWriteTokens,
    cacheWriteHourTokens: Math.min(all?.cacheWriteHour ?? 0, cacheWriteTokens),
    metering: seenBytes === null ? "reported" : "estimated",
  };
}

function sum(a: UsageReport | null, b: UsageReport | null): UsageReport | null {
  if (a === null || b === null) return a ?? b;
  return {
    input: (a.input ?? 0) + (b.input ?? 0),
    output: (a.output ?? 0) + (b.output ?? 0),
    cacheRead: (a.cacheRead ?? 0) + (b.cacheRead ?? 0),
    cacheWrite: (a.cacheWrite ?? 0) + (b.cacheWrite ?? 0),
    cacheWriteHour: (a.cacheWriteHour ?? 0) + (b.cacheWriteHour ?? 0),
    compaction: null,
  };
}

function count(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
