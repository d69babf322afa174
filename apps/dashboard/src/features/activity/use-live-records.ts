"use client";

/**
 * The list of records, alive: every second or sooner, while the page is in sight, it asks for what is new. What comes in while
 * the reader is further down is counted and waits.
 */
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { type ApiError, call } from "../../data/api.ts";
import { useOrg } from "../../data/org-context.tsx";
import { type Item, usePages } from "../../data/use-api.ts";
import type { RecordFilters } from "./record-filters.ts";

export type RecordItem = Item<"GET /records">;

const EVERY_MS = 750;
const PAGE = 100;
const PAGES_AT_ONCE = 5;
/** Calls that were taken together may be committed in another order: so far back is looked again. */
const OVERLAP_MS = 10_000;
/** Open records further down than this are left as they were. */
const WATCHED = 100;

interface Fresh {
  readonly of: RecordFilters;
  readonly records: ReadonlyMap<string, RecordItem>;
}

/** `heldAt`: the newest record that is shown while newer ones wait. */
export function useLiveRecords(filters: RecordFilters, heldAt: string | null) {
  const { slug } = useOrg();
  const pages = usePages("GET /records", filters, { keepPrevious: true });
  const [fresh, setFresh] = useState<Fresh>({ of: filters, records: new Map() });
  const mine = fresh.of === filters ? fresh.records : NONE;
  const all = useMemo(() => merge(pages.items, mine), [pages.items, mine]);
  const live = useQuery<number, ApiError>({
    queryKey: [slug, "GET /records", filters, "live"],
    queryFn: async ({ signal }) => {
      const arrived = await askForNew({ slug, filters, after: cursorOf(all), signal });
      if (arrived.length > 0) setFresh({ of: filters, records: added(mine, arrived) });
      return arrived.length;
    },
    enabled: pages.isSuccess && !pages.isPlaceholderData,
    refetchInterval: EVERY_MS,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const items = heldAt === null ? all : all.filter(({ id }) => id <= heldAt);
  return { ...pages, items, waiting: all.length - items.length, newest: all[0]?.id ?? null, live };
}

const NONE: ReadonlyMap<string, RecordItem> = new Map();

interface Question {
  readonly slug: string;
  readonly filters: RecordFilters;
  readonly after: string | undefined;
  readonly signal: AbortSignal;
}

async function askForNew({ slug, filters, after, signal }: Question): Promise<RecordItem[]> {
  const arrived: RecordItem[] = [];
  let cursor = after;
  for (let page = 0; page < PAGES_AT_ONCE; page++) {
    const input = { ...filters, limit: PAGE, after: cursor };
    const answer = await call(slug, "GET /records", input, signal);
    arrived.push(...answer.data);
    if (answer.nextAfter === null) break;
    cursor = answer.nextAfter;
  }
  return arrived;
}

/** Below everything that may still change: open records, and what may yet be committed beside the newest. */
function cursorOf(records: readonly RecordItem[]): string | undefined {
  const newestAt = Date.parse(records[0]?.at ?? "");
  const watched = records.slice(0, WATCHED);
  const lastOpen = watched.findLastIndex(({ open }) => open);
  const settled = watched.find(
    ({ at }, index) => index > lastOpen && newestAt - Date.parse(at) > OVERLAP_MS,
  );
  return (settled ?? watched.at(-1))?.id;
}

function added(
  before: ReadonlyMap<string, RecordItem>,
  arrived: readonly RecordItem[],
): ReadonlyMap<string, RecordItem> {
  return new Map([...before, ...arrived.map((record) => [record.id, record] as const)]);
}

/** Newest first; what came later about a record replaces what was known. */
function merge(
  items: readonly RecordItem[],
  fresh: ReadonlyMap<string, RecordItem>,
): readonly RecordItem[] {
  if (fresh.size === 0) return items;
  const known = new Map(items.map((record) => [record.id, record]));
  for (const [id, record] of fresh) known.set(id, record);
  return [...known.values()].sort((a, b) => (a.id < b.id ? 1 : -1));
}
