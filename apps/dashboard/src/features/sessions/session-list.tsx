"use client";

/** The runs of the org's agents, the newest first. */
import { GitCommitVertical } from "lucide-react";
import { useCallback } from "react";
import { useOrg } from "../../data/org-context.tsx";
import { usePages } from "../../data/use-api.ts";
import { type Filters, useFilters } from "../../data/use-filters.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { LinkButton } from "../../ui/link-button.tsx";
import { VirtualList } from "../../ui/list.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { SessionFilterBar } from "./session-filter-bar.tsx";
import { SESSION_FILTERS, type SessionFilters, sessionFilters } from "./session-filters.ts";
import { SessionHead, SessionRow } from "./session-row.tsx";

export function SessionList() {
  const filters = useFilters(SESSION_FILTERS, sessionFilters);
  return (
    <>
      <PageHeader title="Sessions" description="One run of an agent each, with what it came to." />
      <SessionFilterBar {...filters} />
      <Sessions {...filters} />
    </>
  );
}

function Sessions({ filters, isFiltered, clear }: Filters<SessionFilters>) {
  const { slug } = useOrg();
  const sessions = usePages("GET /sessions", filters, { keepPrevious: true });
  const { fetchNextPage, items } = sessions;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  if (sessions.isPending) return <SkeletonRows rows={12} />;
  if (sessions.isError && items.length === 0) {
    return <ErrorState error={sessions.error} retry={() => void sessions.refetch()} />;
  }
  if (items.length === 0) return <NoSessions isFiltered={isFiltered} clear={clear} />;
  return (
    <VirtualList
      label="Sessions"
      items={items}
      keyOf={({ id }) => id}
      hrefOf={({ id }) => `/${slug}/sessions/${id}`}
      head={<SessionHead />}
      hasMore={sessions.hasNextPage}
      loadingMore={sessions.isFetchingNextPage}
      onMore={more}
    >
      {(session) => <SessionRow session={session} />}
    </VirtualList>
  );
}

function NoSessions({ isFiltered, clear }: Pick<Filters<SessionFilters>, "isFiltered" | "clear">) {
  const { slug } = useOrg();
  if (isFiltered) {
    return (
      <EmptyState
        title="No session matches"
        action={<Button onClick={clear}>Clear the filters</Button>}
      />
    );
  }
  return (
    <EmptyState
      icon={<GitCommitVertical aria-hidden="true" />}
      title="No agent has run yet"
      action={
        <LinkButton variant="primary" href={`/${slug}/start`}>
          Connect an agent
        </LinkButton>
      }
    >
      Everything an agent does in one run hangs together here, in order.
    </EmptyState>
  );
}
