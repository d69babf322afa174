/**
 * List prices. The table is a dependency's; its version stands on every record. A call has a price or none: an
 * unknown model is never free, its cost is simply not known.
 */
import { calcPrice } from "@pydantic/genai-prices";
import type { MicroDollars } from "@yolo/core/money";
import manifest from "../package.json" with { type: "json" };
import type { ModelUsage, Usage } from "./outcome.ts";

/** Name and version of the price table, as written on records. */
export const PRICE_TABLE = `genai-prices@${manifest.dependencies["@pydantic/genai-prices"]}`;

/** Micro-dollars per token, valid while the input stays within `inputMax`. */
export interface Rates {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly cacheWriteHour: number;
  readonly inputMax: number;
}

// The library takes about 40 µs a call, since it matches the model's name anew each time.
const cachedRates = new Map<string, Rates | null>();
const CACHED_MODELS_MAX = 1_000;
const CACHE_MS = 3_600_000;
let cachedHour = -1;

/** List price of a call, rounded up to the micro-dollar; null when the table does not know a model that took part. */
export function priceOf(provider: string, usage: Usage, epochMs: number): MicroDollars | null {
  let all = priceOfModel(provider, usage, epochMs);
  for (const advisor of usage.advisors ?? []) {
    const price = priceOfModel(provider, advisor, epochMs);
    all = all === null || price === null ? null : all + price;
  }
  return all;
}

function priceOfModel(provider: string, usage: ModelUsage, epochMs: number): MicroDollars | null {
  const rates = ratesOf(provider, usage.model, epochMs);
  if (rates === null) return null;
  if (usage.inputTokens > rates.inputMax) return tieredPrice(provider, usage, epochMs);
  const { cacheReadTokens, cacheWriteTokens, cacheWriteHourTokens } = usage;
  const plainInput = Math.max(0, usage.inputTokens - cacheReadTokens - cacheWriteTokens);
  const micros =
    plainInput * rates.input +
    usage.outputTokens * rates.output +
    cacheReadTokens * rates.cacheRead +
    Math.max(0, cacheWriteTokens - cacheWriteHourTokens) * rates.cacheWrite +
    cacheWriteHourTokens * rates.cacheWriteHour;
  return roundUp(micros);
}

/** Micro-dollars per token; null when the table does not know the model. Beyond `inputMax` of input others hold. */
export function ratesOf(provider: string, model: string, epochMs: number): Rates | null {
  const hour = Math.floor(epochMs / CACHE_MS);
  if (hour !== cachedHour || cachedRates.size >= CACHED_MODELS_MAX) {
    cachedRates.clear();
    cachedHour = hour;
  }
  const key = `${provider}/${model}`;
  const known = cachedRates.get(key);
  if (known !== undefined) return known;
  const rates = readRates(provider, model, epochMs);
  cachedRates.set(key, rates);
  return rates;
}

function readRates(provider: string, model: string, epochMs: number): Rates | null {
  const price = calcPrice({ input_tokens: 1, output_tokens: 1 }, model, {
    providerId: provider,
    timestamp: new Date(epochMs),
  })?.model_price;
  if (price === undefined) return null;
  const input = rate(price.input_mtok, 0);
  return {
    input,
    output: rate(price.output_mtok, 0),
    cacheRead: rate(price.cache_read_mtok, input),
    cacheWrite: rate(price.cache_write_mtok, input),
    cacheWriteHour: rate(price.cache_write_1h_mtok, rate(price.cache_write_mtok, input)),
    inputMax: Math.min(...Object.values(price).map(firstTier)),
  };
}

type PriceEntry = NonNullable<ReturnType<typeof calcPrice>>["model_price"][string];

/** Dollars per million tokens are micro-dollars per token. */
function rate(entry: PriceEntry, otherwise: number): number {
  if (entry === undefined) return otherwise;
  return typeof entry === "number" ? entry : entry.base;
}

function firstTier(entry: PriceEntry): number {
  if (entry === undefined || typeof entry === "number") return Number.POSITIVE_INFINITY;
  return Math.min(...entry.tiers.map(({ start }) => start));
}

function tieredPrice(provider: string, usage: ModelUsage, epochMs: number): MicroDollars | null {
  const price = calcPrice(
    {
      input_tokens: usage.inputTokens,
      output_tokens: usage.outputTokens,
      cache_read_tokens: usage.cacheReadTokens,
      cache_write_tokens: usage.cacheWriteTokens,
      cache_write_1h_tokens: usage.cacheWriteHourTokens,
    },
    usage.model,
    { providerId: provider, timestamp: new Date(epochMs) },
  );
  return price === null ? null : roundUp(price.total_price * 1e6);
}

/** Up, but not for what is only floating-point dust. */
function roundUp(micros: number): MicroDollars {
  return BigInt(Math.ceil(Number(micros.toFixed(6))));
}
