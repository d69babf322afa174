import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { estimateTokens, merge, readUsage, type UsageReport, usageOf } from "./reply-usage.ts";

const NOTHING: UsageReport = {
  input: null,
  output: null,
  cacheRead: null,
  cacheWrite: null,
  cacheWriteHour: null,
  compaction: null,
  advisors: null,
};

describe("usage", () => {
  test("counts everything the model read as input, and tells the cache apart", () => {
    const report = readUsage({
      input_tokens: 7,
      output_tokens: 11,
      cache_read_input_tokens: 100,
      cache_creation_input_tokens: 1_000,
      cache_creation: { ephemeral_5m_input_tokens: 400, ephemeral_1h_input_tokens: 600 },
    });
    expect(report && usageOf(report, "claude", null)).toEqual({
      model: "claude",
      inputTokens: 1_107,
      outputTokens: 11,
      cacheReadTokens: 100,
      cacheWriteTokens: 1_000,
      cacheWriteHourTokens: 600,
      metering: "reported",
    });
  });

  test("includes what summarising on the way took, which the totals leave out", () => {
    const report = readUsage({
      input_tokens: 1,
      output_tokens: 2,
      iterations: [
        { type: "message", input_tokens: 1, output_tokens: 2 },
        { type: "compaction", input_tokens: 10, output_tokens: 20, cache_read_input_tokens: 5 },
        { type: "compaction", input_tokens: 100, output_tokens: 200 },
      ],
    });
    expect(report && usageOf(report, "claude", null)).toMatchObject({
      inputTokens: 116,
      outputTokens: 222,
      cacheReadTokens: 5,
    });
  });

  test("tells apart what advisors took, each by its model, which the totals leave out", () => {
    const advisor = { type: "advisor_message", input_tokens: 100, output_tokens: 200 };
    const report = readUsage({
      input_tokens: 1,
      output_tokens: 2,
      iterations: [
        { type: "message", input_tokens: 1, output_tokens: 1 },
        { ...advisor, model: "claude-opus-5", cache_read_input_tokens: 10 },
        { type: "message", input_tokens: 1, output_tokens: 1 },
        advisor,
      ],
    });
    const used = { cacheReadTokens: 0, cacheWriteTokens: 0, cacheWriteHourTokens: 0 };
    expect(report && usageOf(report, "claude", null)).toEqual({
      ...{ ...used, model: "claude", inputTokens: 1, outputTokens: 2, metering: "reported" },
      advisors: [
        {
          ...used,
          model: "claude-opus-5",
          inputTokens: 110,
          outputTokens: 200,
          cacheReadTokens: 10,
        },
        { ...used, model: "", inputTokens: 100, outputTokens: 200 },
      ],
    });
  });

  test("takes what is no count for not said, whatever the provider sends", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (value, other) => {
        const report = readUsage({ input_tokens: value, output_tokens: other, iterations: value });
        const usage = usageOf(report ?? NOTHING, "m", null);
        for (const count of [usage.inputTokens, usage.outputTokens]) {
          expect(Number.isSafeInteger(count) && count >= 0).toBe(true);
        }
      }),
    );
    expect(readUsage("7")).toBeNull();
    expect(readUsage(null)).toBeNull();
  });

  test("a later report replaces the numbers it names and no others", () => {
    const start = readUsage({ input_tokens: 50, output_tokens: 1, cache_read_input_tokens: 9 });
    const end = readUsage({ input_tokens: null, output_tokens: 40 });
    expect(merge(start, end)).toEqual({ ...NOTHING, input: 50, output: 40, cacheRead: 9 });
    expect(merge(null, end)).toEqual(end);
    expect(merge(start, null)).toEqual(start);
  });

  test("of a reply cut short is estimated from its text, never below what was reported", () => {
    const report = { ...NOTHING, input: 5, output: 1 };
    expect(usageOf(report, "m", 350)).toMatchObject({
      inputTokens: 5,
      outputTokens: estimateTokens(350),
      metering: "estimated",
    });
    expect(usageOf({ ...report, output: 5_000 }, "m", 350)).toMatchObject({ outputTokens: 5_000 });
  });
});
