"use client";

/** What members did: who, what, to what, before and after. */
import { ScrollText } from "lucide-react";
import { parseAsString, useQueryStates } from "nuqs";
import { useCallback, useRef, useState } from "react";
import { useOrg } from "../../data/org-context.tsx";
import { usePages } from "../../data/use-api.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { useVirtualRows } from "../../ui/use-virtual-rows.ts";
import { AuditFilters } from "./audit-filters.tsx";
import { type ChangeFilters, setChangeFilters } from "./change-filters.ts";
import { ChangeRow } from "./change-row.tsx";

const PARSERS = {
  member: parseAsString,
  verb: parseAsString,
  subject: parseAsString,
  request: parseAsString,
  since: parseAsString,
  until: parseAsString,
};

export function Audit() {
  const { can, role } = useOrg();
  const [values, setValues] = useQueryStates(PARSERS, { history: "push" });
  const filters = setChangeFilters(values);
  const clear = () => void setValues(null);
  return (
    <>
      <PageHeader
        title="Audit"
        description="What members did here, and what the product did by itself. What agents did is under Activity."
      />
      {can("changes:read") ? (
        <>
          <AuditFilters
            filters={filters}
            change={(name, value) => void setValues({ [name]: value === "" ? null : value })}
            clear={clear}
          />
          <Changes filters={filters} clear={clear} />
        </>
      ) : (
        <EmptyState title="This is for owners, admins and auditors">
          Your role is {role}. Ask an owner or admin if you need to see what members did.
        </EmptyState>
      )}
    </>
  );
}

interface ChangesProps {
  readonly filters: ChangeFilters;
  readonly clear: () => void;
}

function Changes({ filters, clear }: ChangesProps) {
  const changes = usePages("GET /changes", filters, { keepPrevious: true });
  const { items } = changes;
  if (changes.isPending) return <SkeletonRows rows={12} />;
  if (changes.isError && items.length === 0) {
    return <ErrorState error={changes.error} retry={() => void changes.refetch()} />;
  }
  if (items.length === 0) {
    return (
      <EmptyState
        icon={<ScrollText aria-hidden="true" />}
        title={Object.keys(filters).length > 0 ? "No change matches" : "Nothing was changed yet"}
        action={
          Object.keys(filters).length > 0 && <Button onClick={clear}>Clear the filters</Button>
        }
      />
    );
  }
  return <ChangeList changes={changes} />;
}

const ROW_HEIGHT = 41;
const OVERSCAN = 12;

function ChangeList({
  changes,
}: {
  readonly changes: ReturnType<typeof usePages<"GET /changes">>;
}) {
  const { items, hasNextPage, isFetchingNextPage, fetchNextPage } = changes;
  // A row that is scrolled away is no more; that it was opened is kept here.
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const listRef = useRef<HTMLUListElement>(null);
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  const { keys, height, rows } = useVirtualRows({
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
        aria-label="Changes"
        aria-busy={isFetchingNextPage}
        className="relative overflow-clip rounded-lg border border-line bg-raised"
        style={{ height }}
        onKeyDown={keys.onKeyDown}
      >
        {rows.map(({ index, key, placed }) => {
          const change = items[index];
          if (change === undefined) return null;
          return (
            <li key={key} {...placed} className="absolute inset-x-0 top-0 border-line border-b">
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
