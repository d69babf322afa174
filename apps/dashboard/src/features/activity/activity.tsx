"use client";

/** What agents do, as it happens: filters above, the list, and beside it the record that is open. */
import { ArrowUp } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import { useOrg } from "../../data/org-context.tsx";
import { type Filters, useFilters } from "../../data/use-filters.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { lazyDialog } from "../../ui/lazy-dialog.tsx";
import { VirtualList } from "../../ui/list.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { usePreload } from "../../ui/use-once-opened.ts";
import { NoRecords } from "./no-records.tsx";
import { RecordCount } from "./record-count.tsx";
import { RecordFilterBar } from "./record-filter-bar.tsx";
import { RECORD_FILTERS, type RecordFilters, recordFilters } from "./record-filters.ts";
import { RecordHead, RecordRow } from "./record-row.tsx";
import { useLiveRecords } from "./use-live-records.ts";
import { useWide } from "./use-wide.ts";

// A record comes with the first that is opened, or when the page is idle.
const loadPanel = () => import("../records/record-panel.tsx");
const RecordPanel = lazyDialog(async () => (await loadPanel()).RecordPanel);

/** Further down than this, new records wait until they are asked for. */
const AT_TOP_PX = 160;

export function Activity() {
  const filters = useFilters(RECORD_FILTERS, recordFilters);
  const [opened, setOpened] = useQueryState("record", parseAsString);
  const isWide = useWide();
  usePreload(loadPanel);
  const panel = isWide ? opened : null;
  return (
    <>
      <PageHeader title="Activity" description={<RecordCount filters={filters.filters} />} />
      <RecordFilterBar {...filters} />
      <div className={panel === null ? "" : "grid grid-cols-[minmax(0,1fr)_28rem] gap-4"}>
        <Records filters={filters} opened={panel} open={isWide ? setOpened : undefined} />
        {panel !== null && <RecordPanel id={panel} onClose={() => setOpened(null)} />}
      </div>
    </>
  );
}

interface RecordsProps {
  readonly filters: Filters<RecordFilters>;
  readonly opened: string | null;
  /** Shows a record beside the list; undefined: it has a page of its own. */
  readonly open: ((id: string) => void) | undefined;
}

function Records({ filters: narrowed, opened, open }: RecordsProps) {
  const { slug } = useOrg();
  const [heldAt, setHeldAt] = useState<string | null>(null);
  const records = useLiveRecords(narrowed.filters, heldAt);
  const { items, newest, waiting, fetchNextPage } = records;
  useHold(newest, setHeldAt);
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  if (records.isPending) return <SkeletonRows rows={12} />;
  if (records.isError && items.length === 0) {
    return <ErrorState error={records.error} retry={() => void records.refetch()} />;
  }
  if (items.length === 0) return <NoRecords {...narrowed} />;
  return (
    <div className="min-w-0">
      <Waiting count={waiting} onShow={() => release(setHeldAt)} />
      {records.live.isError && (
        <div className="mb-2">
          <ErrorState compact error={records.live.error} />
        </div>
      )}
      <VirtualList
        label="Records"
        items={items}
        keyOf={({ id }) => id}
        hrefOf={({ id }) => `/${slug}/records/${id}`}
        head={<RecordHead narrow={opened !== null} />}
        hasMore={records.hasNextPage}
        loadingMore={records.isFetchingNextPage}
        onMore={more}
        onOpen={open === undefined ? undefined : ({ id }) => open(id)}
        selectedKey={opened ?? undefined}
      >
        {(record) => <RecordRow record={record} narrow={opened !== null} />}
      </VirtualList>
    </div>
  );
}

type SetHeld = (heldAt: string | null) => void;

/** While the reader is further down, what they read stays where it is. */
function useHold(newest: string | null, setHeldAt: SetHeld): void {
  const onScroll = useEffectEvent(() => {
    if (window.scrollY <= AT_TOP_PX) setHeldAt(null);
    else setHeldAt(newest);
  });
  const isHeld = useRef(false);
  useEffect(() => {
    const listen = () => {
      const isDown = window.scrollY > AT_TOP_PX;
      if (isDown === isHeld.current) return;
      isHeld.current = isDown;
      onScroll();
    };
    window.addEventListener("scroll", listen, { passive: true });
    return () => window.removeEventListener("scroll", listen);
  }, []);
}

function release(setHeldAt: SetHeld): void {
  setHeldAt(null);
  window.scrollTo({ top: 0 });
}

function Waiting({ count, onShow }: { readonly count: number; readonly onShow: () => void }) {
  return (
    <div role="status" className="pointer-events-none sticky top-3 z-10 flex h-0 justify-center">
      {count > 0 && (
        <Button variant="primary" size="sm" className="pointer-events-auto" onClick={onShow}>
          <ArrowUp aria-hidden="true" /> {count} new
        </Button>
      )}
    </div>
  );
}
