"use client";

/** The run in order, drawn only where it is in sight. Each event has an address: `#` and its record's id. */
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState } from "react";
import { useOrg } from "../../data/org-context.tsx";
import { useListKeys } from "../../ui/use-list-keys.ts";
import { lanesOf } from "./lanes.ts";
import { RunEventRow } from "./run-event-row.tsx";
import type { useRun } from "./use-run.ts";

interface Props {
  readonly run: ReturnType<typeof useRun>;
  /** Of the session. */
  readonly id: string;
}

const ROW_HEIGHT = 96;
const OVERSCAN = 6;
const FIRST_RECT = { width: 1280, height: 900 };

export function Timeline({ run, id }: Props) {
  const { slug, can } = useOrg();
  const { events, hasNextPage, isFetchingNextPage, fetchNextPage } = run;
  const lanes = useMemo(() => lanesOf(events), [events]);
  const listRef = useRef<HTMLOListElement>(null);
  const virtualizer = useWindowVirtualizer({
    count: lanes.events.length,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    initialRect: FIRST_RECT,
    scrollMargin: listRef.current?.offsetTop ?? 0,
    getItemKey: (index) => lanes.events[index]?.event.id ?? index,
  });
  const goTo = (index: number) => virtualizer.scrollToIndex(index, { align: "center" });
  const keys = useListKeys({ count: lanes.events.length, listRef, scrollTo: goTo });
  const target = useTarget(run, goTo);
  const rows = virtualizer.getVirtualItems();
  const isNearEnd = (rows.at(-1)?.index ?? 0) >= lanes.events.length - OVERSCAN - 1;
  useEffect(() => {
    if (isNearEnd && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [isNearEnd, hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <ol
      ref={listRef}
      aria-label="The run in order"
      aria-busy={isFetchingNextPage}
      className="relative"
      style={{ height: virtualizer.getTotalSize() }}
      onKeyDown={keys.onKeyDown}
    >
      {rows.map(({ index, key, start }) => {
        const placed = lanes.events[index];
        if (placed === undefined) return null;
        return (
          <li
            key={key}
            id={placed.event.id}
            ref={virtualizer.measureElement}
            data-index={index}
            aria-setsize={hasNextPage ? -1 : lanes.events.length}
            aria-posinset={index + 1}
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${start - virtualizer.options.scrollMargin}px)` }}
          >
            <RunEventRow
              placed={placed}
              laneName={lanes.names[placed.lane] ?? null}
              laneCount={lanes.names.length}
              href={`/${slug}/records/${placed.event.id}`}
              isTarget={placed.event.id === target}
              isActive={index === keys.active}
              onFocus={() => keys.setActive(index)}
              said={{ session: id, events, index, mayBeSeen: can("payloads:read") }}
            />
          </li>
        );
      })}
    </ol>
  );
}

/** The event that the address names; it is brought into sight once, however far down it lies. */
function useTarget(
  { events, hasNextPage, isFetchingNextPage, fetchNextPage }: Props["run"],
  goTo: (index: number) => void,
) {
  const [target, setTarget] = useState<string | null>(null);
  const isDone = useRef(false);
  useEffect(() => {
    const read = () => {
      isDone.current = false;
      setTarget(window.location.hash.slice(1) || null);
    };
    read();
    window.addEventListener("hashchange", read);
    return () => window.removeEventListener("hashchange", read);
  }, []);
  useEffect(() => {
    if (target === null || isDone.current) return;
    const index = events.findIndex(({ id }) => id === target);
    if (index >= 0) {
      isDone.current = true;
      goTo(index);
    } else if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [target, events, hasNextPage, isFetchingNextPage, fetchNextPage, goTo]);
  return target;
}
