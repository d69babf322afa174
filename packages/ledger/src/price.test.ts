import { calcPrice } from "@pydantic/genai-prices";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Usage } from "./outcome.ts";
import { PRICE_TABLE, priceOf } from "./price.ts";

const NOW = Date.UTC(2026, 10, 21);

function usage(over: Partial<Usage>): Usage {
  return {
    model: "claude-sonnet-4-5",
    inputTokens: 0,
    outputTokens: 0,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    cacheWriteHourTokens: 0,
    metering: "reported",
    ...over,
  };
}

test("the price is the table's own price, rounded up, for any usage on either side of a tier", () => {
  const model = fc.constantFrom(
    "claude-sonnet-4-5",
    "claude-opus-4-5",
    "claude-haiku-4-5-20251001",
  );
  const tokens = fc.nat({ max: 300_000 });
  fc.assert(
    fc.property(
      model,
      tokens,
      tokens,
      tokens,
      tokens,
      tokens,
      (name, plain, read, write, hour, output) => {
        const call = usage({
          model: name,
          inputTokens: plain + read + write + hour,
          outputTokens: output,
          cacheReadTokens: read,
          cacheWriteTokens: write + hour,
          cacheWriteHourTokens: hour,
        });
        const table = calcPrice(
          {
            input_tokens: call.inputTokens,
            output_tokens: output,
            cache_read_tokens: read,
            cache_write_tokens: write + hour,
            cache_write_1h_tokens: hour,
          },
          name,
          { providerId: "anthropic", timestamp: new Date(NOW) },
        );
        const micros = Number(priceOf("anthropic", call, NOW));
        expect(micros).toBeGreaterThanOrEqual((table?.total_price ?? Number.NaN) * 1e6 - 1e-3);
        expect(micros).toBeLessThan((table?.total_price ?? Number.NaN) * 1e6 + 1.001);
      },
    ),
    { numRuns: 300 },
  );
});

test("an unknown model has no price, which is not the price of zero", () => {
  expect(priceOf("anthropic", usage({ model: "no-such-model", inputTokens: 10 }), NOW)).toBeNull();
});

test("what an advisor used is priced by its own model; one that the table does not know makes the whole unknown", () => {
  const executor = usage({ model: "claude-haiku-4-5-20251001", inputTokens: 1_000_000 });
  const advisor = usage({ model: "claude-opus-4-5", inputTokens: 1_000_000, outputTokens: 10 });
  const [own, advice] = [priceOf("anthropic", executor, NOW), priceOf("anthropic", advisor, NOW)];
  expect(advice).toBeGreaterThan(own ?? 0n);
  const both = priceOf("anthropic", { ...executor, advisors: [advisor, advisor] }, NOW);
  expect(both).toBe((own ?? 0n) + 2n * (advice ?? 0n));
  const unknown = usage({ model: "no-such-model" });
  expect(priceOf("anthropic", { ...executor, advisors: [advisor, unknown] }, NOW)).toBeNull();
});

test("the table is named with its version", () => {
  expect(PRICE_TABLE).toMatch(/^genai-prices@\d+\.\d+\.\d+$/);
});
