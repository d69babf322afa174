/** How a record ended, as given outside. */
import { OUTCOMES } from "@yolo/ledger/outcome";
import type { RecordRow } from "@yolo/ledger/read-records";
import { z } from "zod";
import { showMoment, shownMoment } from "../fields.ts";

const outcomeName = z.enum(OUTCOMES);
const metering = z.enum(["reported", "estimated"]);

export const Outcome = z.strictObject({
  outcome: outcomeName,
  at: shownMoment(),
  status: z.int().nullable(),
  error: z.string().nullable(),
  latencyMs: z.int().nullable(),
  firstByteMs: z.int().nullable(),
  responseBytes: z.int().nullable(),
  model: z.string().nullable(),
  /** Null where the action has no usage. */
  tokens: z
    .strictObject({
      /** Everything the model read, cache reads and writes included. */
      input: z.int().nullable(),
      output: z.int().nullable(),
      cacheRead: z.int().nullable(),
      cacheWrite: z.int().nullable(),
      metering,
    })
    .nullable(),
  /** List price in micro-dollars; null when it is not known. */
  costMicros: z.int().nullable(),
  priceTable: z.string().nullable(),
  upstreamRequestId: z.string().nullable(),
});

type OutcomeColumns = Pick<
  RecordRow,
  | "outcome"
  | "endedAt"
  | "status"
  | "error"
  | "latencyMs"
  | "firstByteMs"
  | "responseBytes"
  | "model"
> &
  Pick<RecordRow, "inputTokens" | "outputTokens" | "cacheReadTokens" | "cacheWriteTokens"> &
  Pick<RecordRow, "metering" | "costMicros" | "priceTable" | "upstreamRequestId">;

/** Null while the record is open. */
export function showOutcome(row: OutcomeColumns): z.output<typeof Outcome> | null {
  if (row.outcome === null || row.endedAt === null) return null;
  return {
    outcome: outcomeName.parse(row.outcome),
    at: showMoment(row.endedAt),
    status: row.status,
    error: row.error,
    latencyMs: row.latencyMs,
    firstByteMs: row.firstByteMs,
    responseBytes: toNumber(row.responseBytes),
    model: row.model,
    tokens: showTokens(row),
    costMicros: toNumber(row.costMicros),
    priceTable: row.priceTable,
    upstreamRequestId: row.upstreamRequestId,
  };
}

function showTokens(row: OutcomeColumns): z.output<typeof Outcome>["tokens"] {
  if (row.metering === null) return null;
  return {
    input: toNumber(row.inputTokens),
    output: toNumber(row.outputTokens),
    cacheRead: toNumber(row.cacheReadTokens),
    cacheWrite: toNumber(row.cacheWriteTokens),
    metering: metering.parse(row.metering),
  };
}

/** JSON numbers are exact up to 2^53: nine billion dollars in micro-dollars. */
function toNumber(value: bigint | null): number | null {
  return value === null ? null : Number(value);
}
