"use client";

/** The runs of an agent, newest first. */
import { GitCommitVertical } from "lucide-react";
import type { Output } from "../../data/api.ts";
import { useOrg } from "../../data/org-context.tsx";
import { usePages } from "../../data/use-api.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { VirtualList } from "../../ui/list.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { SessionHead, SessionRow } from "../sessions/session-row.tsx";

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
      head={<SessionHead />}
      hasMore={sessions.hasNextPage}
      loadingMore={sessions.isFetchingNextPage}
      onMore={() => void sessions.fetchNextPage()}
    >
      {(session) => <SessionRow session={session} />}
    </VirtualList>
  );
}
