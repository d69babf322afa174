/** An outcome that came after its record was closed, as given outside. */
import type { CorrectionRow } from "@yolo/ledger/read-records";
import { z } from "zod";
import { Outcome, showOutcome } from "./outcome.ts";

export const Correction = Outcome;

const integer = z.coerce
  .bigint()
  .nullish()
  .transform((value) => value ?? null);
const number = z
  .int()
  .nullish()
  .transform((value) => value ?? null);
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);

/** As the gateway reported it (ledger's `Outcome`); what it left out was not known. */
const reported = z.object({
  outcome: z.string(),
  status: number,
  error: text,
  latencyMs: number,
  firstByteMs: number,
  responseBytes: integer,
  model: text,
  inputTokens: integer,
  outputTokens: integer,
  cacheReadTokens: integer,
  cacheWriteTokens: integer,
  metering: text,
  costMicros: integer,
  priceTable: text,
  upstreamRequestId: text,
});

export function showCorrection(row: CorrectionRow): z.output<typeof Correction> {
  const columns = { ...reported.parse(row.outcome), endedAt: row.at };
  return Outcome.parse(showOutcome(columns));
}
