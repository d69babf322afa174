"use client";

/** One run: what it came to, and all of it in order. */
import { useOrg } from "../../data/org-context.tsx";
import { Badge } from "../../ui/badge.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { LinkButton } from "../../ui/link-button.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { TextLink } from "../../ui/text-link.tsx";
import { SessionSums } from "./session-sums.tsx";
import { Timeline } from "./timeline.tsx";
import { type Run, useRun } from "./use-run.ts";

export function SessionPage({ id }: { readonly id: string }) {
  const { slug } = useOrg();
  const run = useRun(id);
  const { session, events } = run;
  if (session === undefined) {
    return (
      <>
        <PageHeader title="Session" crumbs={[{ label: "Sessions", href: `/${slug}/sessions` }]} />
        {run.error === null ? (
          <SkeletonRows rows={10} />
        ) : (
          <ErrorState error={run.error} retry={() => void run.refetch()} />
        )}
      </>
    );
  }
  return (
    <>
      <SessionHeader session={session} />
      <SessionSums session={session} />
      {events.length === 0 ? (
        <EmptyState title="Nothing has happened in this session yet" />
      ) : (
        <Timeline run={run} id={session.id} />
      )}
      {run.isFetchNextPageError && run.error !== null && (
        <ErrorState error={run.error} retry={() => void run.fetchNextPage()} />
      )}
    </>
  );
}

function SessionHeader({ session }: { readonly session: Run["session"] }) {
  const { slug } = useOrg();
  const { id, clientSession, agent, active } = session;
  const name = (clientSession ?? id.slice(4)).slice(0, 8);
  return (
    <PageHeader
      crumbs={[{ label: "Sessions", href: `/${slug}/sessions` }]}
      title={
        <span className="inline-flex flex-wrap items-center gap-2">
          <span>
            Session <code className="text-lg">{name}</code>
          </span>
          {active && <Badge tone="info">Active</Badge>}
        </span>
      }
      description={
        <span className="[overflow-wrap:anywhere]">
          By <TextLink href={`/${slug}/agents/${agent.id}`}>{agent.name}</TextLink>
          {clientSession !== null && (
            <>
              , which calls it <code className="text-xs">{clientSession}</code>
            </>
          )}
        </span>
      }
      actions={
        <>
          <CopyButton text={id}>Id</CopyButton>
          <LinkButton size="sm" href={`/${slug}/activity?session=${id}`}>
            In Activity
          </LinkButton>
        </>
      }
    />
  );
}
