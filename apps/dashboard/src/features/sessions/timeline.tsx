"use client";

/** The run in order, drawn only where it is in sight. Each event has an address: `#` and its record's id. */
import { useEffect, useMemo, useRef, useState } from "react";
import { useOrg } from "../../data/org-context.tsx";
import { useVirtualRows } from "../../ui/use-virtual-rows.ts";
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

export function Timeline({ run, id }: Props) {
  const { slug, can } = useOrg();
  const { events, hasNextPage, isFetchingNextPage, fetchNextPage } = run;
  const lanes = useMemo(() => lanesOf(events), [events]);
  const listRef = useRef<HTMLOListElement>(null);
  const { keys, goTo, room, rows } = useVirtualRows({
    ...{ listRef, rowHeight: ROW_HEIGHT, overscan: OVERSCAN },
    count: lanes.events.length,
    keyOf: (index) => lanes.events[index]?.event.id,
    ...{ hasMore: hasNextPage, loadingMore: isFetchingNextPage },
    onMore: () => void fetchNextPage(),
  });
  const target = useTarget(run, (index) => goTo(index, "center"));
  return (
    <ol
      ref={listRef}
      aria-label="The run in order"
      aria-busy={isFetchingNextPage}
      className="relative"
      style={room}
      onKeyDown={keys.onKeyDown}
    >
      {rows.map(({ index, key, attributes }) => {
        const placed = lanes.events[index];
        if (placed === undefined) return null;
        return (
          <li key={key} id={placed.event.id} {...attributes}>
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
