"use client";

/** The runs of an agent, newest first. */
import { GitCommitVertical } from "lucide-react";
import type { Output } from "../../data/api.ts";
import { useOrg } from "../../data/org-context.tsx";
import { type Item, usePages } from "../../data/use-api.ts";
import { Badge } from "../../ui/badge.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { VirtualList } from "../../ui/list.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Money } from "../../ui/money.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";

type Session = Item<"GET /sessions">;

export function AgentSessions({ agent }: { readonly agent: Output<"GET /agents/{id}"> }) {
  const { slug } = useOrg();
  const sessions = usePages("GET /sessions", { agent: agent.id });
  if (sessions.error !== null) {
    return <ErrorState error={sessions.error} retry={() => void sessions.refetch()} />;
  }
  if (sessions.isPending) return <SkeletonRows rows={6} />;
  if (sessions.items.length === 0) {
    return (
      <EmptyState title="No sessions yet" icon={<GitCommitVertical />}>
        A session begins with the first call that comes with one of this agent's keys.
      </EmptyState>
    );
  }
  return (
    <VirtualList
      label="Sessions"
      items={sessions.items}
      keyOf={({ id }) => id}
      hrefOf={({ id }) => `/${slug}/sessions/${id}`}
      hasMore={sessions.hasNextPage}
      loadingMore={sessions.isFetchingNextPage}
      onMore={() => void sessions.fetchNextPage()}
    >
      {(session) => <SessionRow session={session} />}
    </VirtualList>
  );
}

function SessionRow({ session }: { readonly session: Session }) {
  const { id, clientSession, startedAt, active, records, refused, costMicros } = session;
  return (
    <span className="flex w-full min-w-0 items-center gap-3 py-1.5">
      <code className="min-w-0 flex-1 truncate text-xs">{clientSession ?? id}</code>
      {active && <Badge tone="info">active</Badge>}
      {refused > 0 && <Badge tone="bad">{refused.toLocaleString("en-US")} refused</Badge>}
      <span className="w-20 text-right tabular-nums max-sm:hidden">
        {records.toLocaleString("en-US")} {records === 1 ? "call" : "calls"}
      </span>
      <span className="w-16 text-right max-sm:hidden">
        <Money micros={costMicros} />
      </span>
      <span className="w-24 text-right text-muted text-xs">
        <Moment at={startedAt} />
      </span>
    </span>
  );
}
