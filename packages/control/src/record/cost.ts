/** How a record's list price came about: tokens times price, where that is certain. */
import { PRICE_TABLE, ratesOf } from "@yolo/ledger/price";
import type { RecordRow } from "@yolo/ledger/read-records";
import { z } from "zod";

const CostLine = z.strictObject({
  what: z.enum(["input", "cache_read", "cache_write", "output"]),
  tokens: z.int(),
  /** Micro-dollars for each token. */
  microsPerToken: z.number(),
});
type CostLine = z.output<typeof CostLine>;

export const CostLines = z.array(CostLine);

/** Null where there is no price, and where the sum of these lines would not be the price on record. */
export function costLines(row: RecordRow): CostLine[] | null {
  const { model, costMicros, priceTable, inputTokens, outputTokens } = row;
  if (model === null || costMicros === null || priceTable !== PRICE_TABLE) return null;
  const [provider = ""] = row.resource.split("/");
  const rates = ratesOf(provider, model, row.at.getTime());
  if (rates === null) return null;
  const [cacheRead, cacheWrite] = [Number(row.cacheReadTokens), Number(row.cacheWriteTokens)];
  const plain = Math.max(0, Number(inputTokens) - cacheRead - cacheWrite);
  const lines: CostLine[] = [
    { what: "input", tokens: plain, microsPerToken: rates.input },
    { what: "cache_read", tokens: cacheRead, microsPerToken: rates.cacheRead },
    { what: "cache_write", tokens: cacheWrite, microsPerToken: rates.cacheWrite },
    { what: "output", tokens: Number(outputTokens), microsPerToken: rates.output },
  ];
  const sum = lines.reduce((all, { tokens, microsPerToken }) => all + tokens * microsPerToken, 0);
  const isSum = Math.ceil(Number(sum.toFixed(6))) === Number(costMicros);
  return isSum ? lines.filter(({ tokens }) => tokens > 0) : null;
}
