"use client";

/**
 * Rows of a long list in the window's own scroll: drawn only where they are in sight, gone through by keyboard; more are
 * loaded as their end comes near. The row of the keyboard is always drawn: what has the focus does not go away.
 */
import { defaultRangeExtractor, type Range, useWindowVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect } from "react";
import { useListKeys } from "./use-list-keys.ts";

interface Rows {
  readonly listRef: RefObject<HTMLElement | null>;
  readonly count: number;
  readonly keyOf: (index: number) => string | undefined;
  /** In pixels; rows may turn out higher. */
  readonly rowHeight: number;
  /** How many are drawn beyond what is in sight. */
  readonly overscan: number;
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  readonly onMore: (() => void) | undefined;
}

/** What the server assumes to be in sight. */
const FIRST_RECT = { width: 1280, height: 900 };
/** More are asked for while there are still so many below what is drawn: whoever scrolls steadily does not come to the end. */
const AHEAD = 40;

export function useVirtualRows(given: Rows) {
  const { listRef, count, keyOf, rowHeight, overscan, hasMore, loadingMore, onMore } = given;
  const scrollTo = (index: number) => goTo(index, "auto");
  const keys = useListKeys({ count, keyOf, listRef, scrollTo });
  const virtualizer = useWindowVirtualizer({
    ...{ count, overscan, initialRect: FIRST_RECT },
    estimateSize: () => rowHeight,
    scrollMargin: listRef.current?.offsetTop ?? 0,
    getItemKey: (index) => keyOf(index) ?? index,
    rangeExtractor: (range) => withActive(range, keys.active),
  });
  const goTo = (index: number, align: "auto" | "center") =>
    virtualizer.scrollToIndex(index, { align });
  const rows = virtualizer.getVirtualItems();
  const [first] = rows;
  const isNearEnd = (virtualizer.range?.endIndex ?? 0) + overscan >= count - AHEAD;
  useEffect(() => {
    if (isNearEnd && hasMore && !loadingMore) onMore?.();
  }, [isNearEnd, hasMore, loadingMore, onMore]);
  useEffect(keepPlaceOurselves, []);
  return {
    keys,
    goTo,
    /**
     * For the list: rows stand below each other in it, so that none covers another before their heights are measured,
     * and the room of those that are not drawn is kept above and below them.
     */
    room: {
      minHeight: virtualizer.getTotalSize(),
      paddingTop: first === undefined ? 0 : first.start - virtualizer.options.scrollMargin,
    },
    rows: rows.map(({ index, key, start }, place) => ({
      ...{ index, key },
      /** For the element of the row. */
      attributes: {
        ref: virtualizer.measureElement,
        "data-index": index,
        // The room of those between it and the one above that are not drawn.
        style: { marginTop: place === 0 ? 0 : start - (rows[place - 1]?.end ?? start) },
        "aria-setsize": hasMore ? -1 : count,
        "aria-posinset": index + 1,
      },
    })),
  };
}

function withActive(range: Range, active: number): number[] {
  const inSight = defaultRangeExtractor(range);
  if (active >= range.count || inSight.includes(active)) return inSight;
  return [...inSight, active].sort((a, b) => a - b);
}

/**
 * The virtualizer keeps what is in sight in its place. The browser would do it once more, and where the list ends it
 * would keep what stands below: as more rows come it would follow their end, and never stop.
 */
function keepPlaceOurselves(): () => void {
  const { style } = document.body;
  style.overflowAnchor = "none";
  return () => {
    style.overflowAnchor = "";
  };
}
