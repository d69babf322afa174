/** What the provider says a reply cost, and what a reply that was cut short has cost by its length. */
import type { ModelUsage, Usage } from "@yolo/ledger/outcome";
import { field, textField } from "./field.ts";

/** A report as providers make it: partial, later ones adding to or replacing earlier ones. Null: not said. */
export interface UsageReport {
  readonly input: number | null;
  readonly output: number | null;
  readonly cacheRead: number | null;
  readonly cacheWrite: number | null;
  readonly cacheWriteHour: number | null;
  /** What summarising the conversation on the way took, which the other numbers leave out. */
  readonly compaction: UsageReport | null;
  /** What models took that the provider asked for advice on the way, which the other numbers leave out too. */
  readonly advisors: readonly ModelUsage[] | null;
}

/** Bytes of English and code to a token, as Anthropic's documentation puts it. */
const BYTES_PER_TOKEN = 3.5;

/** Reads the API's `usage` object; null when it is none. What it does not say, or says as no count, is null. */
export function readUsage(value: unknown): UsageReport | null {
  if (typeof value !== "object" || value === null) return null;
  const iterations = field(value, "iterations");
  const ofType = (type: string): unknown[] =>
    Array.isArray(iterations) ? iterations.filter((entry) => field(entry, "type") === type) : [];
  const advisors = ofType("advisor_message").map(readAdvisor);
  return {
    input: count(field(value, "input_tokens")),
    output: count(field(value, "output_tokens")),
    cacheRead: count(field(value, "cache_read_input_tokens")),
    cacheWrite: count(field(value, "cache_creation_input_tokens")),
    cacheWriteHour: count(field(field(value, "cache_creation"), "ephemeral_1h_input_tokens")),
    compaction: ofType("compaction").map(readUsage).reduce(sum, null),
    advisors: advisors.length === 0 ? null : advisors,
  };
}

/** An advisor that does not say its model has one without a price. */
function readAdvisor(entry: unknown): ModelUsage {
  return countsOf(readUsage(entry), textField(entry, "model") ?? "");
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
    advisors: later.advisors ?? earlier.advisors,
  };
}

/** Tokens that so many bytes of reply text are, roughly. */
export function estimateTokens(bytes: number): number {
  return Math.ceil(bytes / BYTES_PER_TOKEN);
}

/** The usage of a whole reply; of one cut short when `seenBytes` of its text is not null. */
export function usageOf(report: UsageReport, model: string, seenBytes: number | null): Usage {
  const all = report.compaction === null ? report : sum(report, report.compaction);
  const counts = countsOf(all, model);
  return {
    ...counts,
    outputTokens:
      seenBytes === null
        ? counts.outputTokens
        : Math.max(counts.outputTokens, estimateTokens(seenBytes)),
    ...(report.advisors !== null && { advisors: report.advisors }),
    metering: seenBytes === null ? "reported" : "estimated",
  };
}

function countsOf(report: UsageReport | null, model: string): ModelUsage {
  const cacheReadTokens = report?.cacheRead ?? 0;
  const cacheWriteTokens = report?.cacheWrite ?? 0;
  return {
    model,
    inputTokens: (report?.input ?? 0) + cacheReadTokens + cacheWriteTokens,
    outputTokens: report?.output ?? 0,
    cacheReadTokens,
    cacheWriteTokens,
    cacheWriteHourTokens: Math.min(report?.cacheWriteHour ?? 0, cacheWriteTokens),
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
    advisors: null,
  };
}

function count(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
