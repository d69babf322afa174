"use client";

/** What members did: who, what, to what, before and after; apart from it, what they looked at. */
import { Eye, ScrollText } from "lucide-react";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useCallback, useRef, useState } from "react";
import { useOrg } from "../../data/org-context.tsx";
import { useApi, usePages } from "../../data/use-api.ts";
import { type Filters, useFilters } from "../../data/use-filters.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Segmented } from "../../ui/segmented.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { useVirtualRows } from "../../ui/use-virtual-rows.ts";
import { AuditFilters } from "./audit-filters.tsx";
import {
  CHANGE_FILTERS,
  CHANGE_KINDS,
  type ChangeFilters,
  type ChangeKind,
  changeFilters,
} from "./change-filters.ts";
import { ChangeRow } from "./change-row.tsx";

export function Audit() {
  const { can, role } = useOrg();
  if (can("changes:read")) return <Trail />;
  return (
    <>
      <PageHeader title="Audit" description={DESCRIPTION} />
      <EmptyState title="This is for owners, admins and auditors">
        Your role is {role}. Ask an owner or admin if you need to see what members did.
      </EmptyState>
    </>
  );
}

const DESCRIPTION =
  "What members did here, and what the product did by itself. What agents did is under Activity.";

function Trail() {
  const filters = useFilters(CHANGE_FILTERS, changeFilters);
  const [kind, setKind] = useQueryState(
    "kind",
    parseAsStringLiteral(CHANGE_KINDS).withDefault("change").withOptions({ history: "push" }),
  );
  return (
    <>
      <PageHeader
        title="Audit"
        description={DESCRIPTION}
        actions={
          <Kinds filters={filters.filters} kind={kind} onKind={(next) => void setKind(next)} />
        }
      />
      <AuditFilters {...filters} kind={kind} />
      <Changes {...filters} kind={kind} />
    </>
  );
}

interface KindsProps {
  readonly filters: ChangeFilters;
  readonly kind: ChangeKind;
  readonly onKind: (kind: ChangeKind) => void;
}

/** Who looks at payloads is on record too, but must not bury what became different. */
function Kinds({ filters, kind, onKind }: KindsProps) {
  const { data } = useApi("GET /changes/counts", filters, { keepPrevious: true });
  const labels = { change: "Changes", view: "Payloads shown" };
  return (
    <Segmented
      label="What is listed"
      value={kind}
      onValueChange={onKind}
      options={CHANGE_KINDS.map((value) => ({
        value,
        label: (
          <>
            {labels[value]}
            <span className="font-normal text-muted tabular-nums">
              {data === undefined ? "…" : countText(data.byKind[value])}
            </span>
          </>
        ),
      }))}
    />
  );
}

function countText({ total, isExact }: { readonly total: number; readonly isExact: boolean }) {
  return `${total.toLocaleString("en-US")}${isExact ? "" : "+"}`;
}

interface ChangesProps extends Filters<ChangeFilters> {
  readonly kind: ChangeKind;
}

function Changes({ kind, filters, isFiltered, clear }: ChangesProps) {
  const changes = usePages("GET /changes", { kind, ...filters }, { keepPrevious: true });
  const { items } = changes;
  if (changes.isPending) return <SkeletonRows rows={12} />;
  if (changes.isError && items.length === 0) {
    return <ErrorState error={changes.error} retry={() => void changes.refetch()} />;
  }
  if (items.length === 0) return <NoChanges {...{ kind, isFiltered, clear }} />;
  return <ChangeList kind={kind} changes={changes} />;
}

const ROW_HEIGHT = 41;
const OVERSCAN = 12;

interface ListProps {
  readonly kind: ChangeKind;
  readonly changes: ReturnType<typeof usePages<"GET /changes">>;
}

function ChangeList({ kind, changes }: ListProps) {
  const { items, hasNextPage, isFetchingNextPage, fetchNextPage } = changes;
  // A row that is scrolled away is no more; that it was opened is kept here.
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const listRef = useRef<HTMLUListElement>(null);
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const { keys, room, rows } = useVirtualRows({
    ...{ listRef, rowHeight: ROW_HEIGHT, overscan: OVERSCAN },
    ...{ count: items.length, keyOf: (index) => items[index]?.id },
    ...{ hasMore: hasNextPage, loadingMore: isFetchingNextPage, onMore: more },
  });
  const toggle = (id: string) => {
    const next = new Set(opened);
    if (!next.delete(id)) next.add(id);
    setOpened(next);
  };
  return (
    <>
      <ul
        ref={listRef}
        aria-label={kind === "view" ? "Payloads shown" : "Changes"}
        aria-busy={isFetchingNextPage}
        className="overflow-clip rounded-lg border border-line bg-raised"
        style={room}
        onKeyDown={keys.onKeyDown}
      >
        {rows.map(({ index, key, attributes }) => {
          const change = items[index];
          if (change === undefined) return null;
          return (
            <li key={key} {...attributes} className="border-line border-b">
              <ChangeRow
                change={change}
                isOpen={opened.has(change.id)}
                onToggle={() => toggle(change.id)}
                tabIndex={index === keys.active ? 0 : -1}
                onFocus={() => keys.setActive(index)}
              />
            </li>
          );
        })}
      </ul>
      {!hasNextPage && <p className="mt-3 text-center text-muted text-xs">That is all of it.</p>}
    </>
  );
}

function NoChanges({ kind, isFiltered, clear }: Omit<ChangesProps, "filters" | "change">) {
  if (isFiltered) {
    return (
      <EmptyState
        title={kind === "view" ? "No view matches" : "No change matches"}
        action={<Button onClick={clear}>Clear the filters</Button>}
      />
    );
  }
  return kind === "view" ? (
    <EmptyState title="No payload was shown yet" icon={<Eye aria-hidden="true" />}>
      Whenever somebody opens what was said in a call, it stands here: who, when, which record.
    </EmptyState>
  ) : (
    <EmptyState title="Nothing was changed yet" icon={<ScrollText aria-hidden="true" />}>
      Every change that a member makes stands here, with what was before and after.
    </EmptyState>
  );
}
