/**
 * How often somebody may try something: per cell a burst, then one try in so many seconds (GCRA). The cells live in
 * Redis, by its clock; while it is away each process counts by itself, so that a limit never becomes none.
 */
import { createHash } from "node:crypto";
import { AppError } from "@yolo/core/errors";
import { z } from "zod";
import type { Deps } from "../deps.ts";

export interface Limit {
  readonly burst: number;
  readonly everySeconds: number;
}

export interface Cell {
  /** What is counted, and of whom: `sign-in:address:olga@example.com`. */
  readonly key: string;
  readonly limit: Limit;
}

/**
 * Every cell is asked before any is charged; what is refused charges none. A cell holds the moment (µs) at which it is
 * empty again. Answers the µs to wait, 0: taken.
 */
const TAKE = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local wait = 0
local empties = {}
for i, key in ipairs(KEYS) do
  local every = tonumber(ARGV[2 * i]) * 1000000
  local empty = math.max(tonumber(redis.call('GET', key) or '0'), now) + every
  empties[i] = empty
  wait = math.max(wait, empty - now - every * tonumber(ARGV[2 * i - 1]))
end
if wait > 0 then return string.format('%.0f', wait) end
for i, key in ipairs(KEYS) do
  redis.call('SET', key, string.format('%.0f', empties[i]), 'PX', math.ceil((empties[i] - now) / 1000))
end
return '0'
`;

const waitSchema = z.coerce.number();
const MICROS = 1_000_000;
const LOCAL_CELLS_MAX = 10_000;
const localCells = new Map<string, number>();

/** Takes one try from each cell, or from none. Throws `rate_limited` with the time to wait. */
export async function takeTry(
  deps: Pick<Deps, "redis" | "clock" | "logger">,
  cells: readonly Cell[],
): Promise<void> {
  const keys = cells.map(({ key }) => `people:${digest(key)}`);
  const limits = cells.flatMap(({ limit }) => [limit.burst, limit.everySeconds]);
  let wait: number;
  try {
    wait = waitSchema.parse(await deps.redis.eval(TAKE, keys.length, ...keys, ...limits));
  } catch (thrown) {
    deps.logger.warn({ detail: String(thrown) }, "limits are counted in this process alone");
    wait = takeLocally(cells, deps.clock.monotonicMs() * 1000);
  }
  if (wait <= 0) return;
  const seconds = Math.ceil(wait / MICROS);
  throw new AppError("rate_limited", {
    message: `Too many tries. Try again in ${seconds < 120 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`}.`,
    retryAfterSeconds: seconds,
  });
}

/** Empties cells: whoever got in has shown that the tries before were theirs. */
export async function forgetTries(
  deps: Pick<Deps, "redis">,
  cells: readonly Cell[],
): Promise<void> {
  const keys = cells.map(({ key }) => `people:${digest(key)}`);
  for (const { key } of cells) localCells.delete(key);
  await deps.redis.del(...keys).catch(() => undefined);
}

function takeLocally(cells: readonly Cell[], now: number): number {
  if (localCells.size > LOCAL_CELLS_MAX) localCells.clear();
  const empties = cells.map(
    ({ key, limit }) => Math.max(localCells.get(key) ?? 0, now) + limit.everySeconds * MICROS,
  );
  const waits = cells.map(
    ({ limit }, index) => (empties[index] ?? 0) - now - limit.everySeconds * MICROS * limit.burst,
  );
  const wait = Math.max(0, ...waits);
  if (wait === 0) {
    for (const [index, { key }] of cells.entries()) localCells.set(key, empties[index] ?? 0);
  }
  return wait;
}

/** Addresses of people do not stand in Redis in clear. */
function digest(key: string): string {
  return createHash("sha256").update(key).digest("base64url");
}
