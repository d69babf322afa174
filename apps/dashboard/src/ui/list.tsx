"use client";

/** A long list of rows to open, drawn only where it is in sight; it loads more as its end comes near. */
import Link from "next/link";
import { useRef } from "react";
import { useVirtualRows } from "./use-virtual-rows.ts";

interface Props<Item> {
  /** What it lists, for those who cannot see it. */
  readonly label: string;
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  /** Where a row leads: by a click, by Enter, in a new tab. */
  readonly hrefOf: (item: Item) => string;
  /** Shows a row's item here instead of following its link; new tabs stay new tabs. */
  readonly onOpen?: ((item: Item) => void) | undefined;
  /** The inside of a row. Links and buttons within it would stand inside a link: keep to text. */
  readonly children: (item: Item) => React.ReactNode;
  /** In pixels; rows may turn out higher. */
  readonly rowHeight?: number;
  /** Column names above the rows. */
  readonly head?: React.ReactNode;
  readonly hasMore?: boolean;
  readonly loadingMore?: boolean;
  readonly onMore?: () => void;
  readonly selectedKey?: string | undefined;
}

const ROW_HEIGHT = 40;
const OVERSCAN = 12;

export function VirtualList<Item>(props: Props<Item>) {
  const { label, items, keyOf, hrefOf, children, head, selectedKey } = props;
  const { rowHeight = ROW_HEIGHT, hasMore = false, loadingMore = false, onMore, onOpen } = props;
  const listRef = useRef<HTMLUListElement>(null);
  const { keys, room, rows } = useVirtualRows({
    ...{ listRef, rowHeight, hasMore, loadingMore, onMore },
    count: items.length,
    overscan: OVERSCAN,
    keyOf: (index) => {
      const item = items[index];
      return item === undefined ? undefined : keyOf(item);
    },
  });
  return (
    <div className="overflow-clip rounded-lg border border-line bg-raised">
      {head !== undefined && (
        <div
          aria-hidden="true"
          className="flex h-8 items-center border-line border-b bg-well/60 px-3 text-muted text-xs max-sm:hidden"
        >
          {head}
        </div>
      )}
      <ul
        ref={listRef}
        aria-label={label}
        aria-busy={loadingMore}
        style={room}
        onKeyDown={keys.onKeyDown}
      >
        {rows.map(({ index, key, attributes }) => {
          const item = items[index];
          if (item === undefined) return null;
          return (
            <li key={key} {...attributes}>
              <Link
                href={hrefOf(item)}
                prefetch={false}
                tabIndex={index === keys.active ? 0 : -1}
                onFocus={() => keys.setActive(index)}
                onClick={(event) => {
                  if (onOpen === undefined || !isPlainClick(event)) return;
                  event.preventDefault();
                  onOpen(item);
                }}
                aria-current={keyOf(item) === selectedKey ? "true" : undefined}
                className="flex items-center border-line border-b px-3 text-sm outline-offset-[-2px] hover:bg-well/60 aria-[current]:bg-link-halo"
                style={{ minHeight: rowHeight }}
              >
                {children(item)}
              </Link>
            </li>
          );
        })}
      </ul>
      <p role="status" className="sr-only">
        {loadingMore ? "Loading more…" : ""}
      </p>
    </div>
  );
}

/** One that opens nothing new; Enter is one too. */
function isPlainClick(event: React.MouseEvent): boolean {
  return !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
}
