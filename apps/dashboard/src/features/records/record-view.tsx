"use client";

/** All that is known of one record, the decision first. */
import { ChevronLeft, ChevronRight } from "lucide-react";
import { useOrg } from "../../data/org-context.tsx";
import { CopyButton } from "../../ui/copy-button.tsx";
import { DecisionBadge } from "../../ui/decision-badge.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { LinkButton } from "../../ui/link-button.tsx";
import { Moment } from "../../ui/moment.tsx";
import { OutcomeBadge } from "../../ui/outcome-badge.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Conversation } from "./conversation.tsx";
import { Following } from "./following.tsx";
import { policyTestOf } from "./policy-test.ts";
import { RecordFacts } from "./record-facts.tsx";
import { RecordUsage } from "./record-usage.tsx";
import { Section } from "./section.tsx";
import { sentenceOf } from "./sentence.ts";
import { type RecordDetail, useRecord } from "./use-record.ts";
import { Why } from "./why.tsx";

interface Props {
  readonly id: string;
  /** Of the sentence on top: a page's first heading, or one below it. */
  readonly heading: "h1" | "h2";
}

export function RecordView({ id, heading: Heading }: Props) {
  const { data, isPending, error, refetch } = useRecord(id);
  if (data === undefined) {
    return (
      <div className="flex flex-col gap-3">
        <Heading className="font-semibold text-lg tracking-tight">Record</Heading>
        {isPending && <RecordSkeleton />}
        {error !== null && <ErrorState error={error} retry={() => void refetch()} />}
      </div>
    );
  }
  return <RecordBody record={data} heading={Heading} />;
}

function RecordBody({
  record,
  heading: Heading,
}: { readonly record: RecordDetail } & Pick<Props, "heading">) {
  const size = Heading === "h1" ? "text-xl" : "text-lg";
  return (
    <article className="flex min-w-0 flex-col gap-5">
      <header className="flex flex-col gap-2">
        <div className="flex flex-wrap items-center gap-2 text-muted text-xs">
          <DecisionBadge decision={record.decision} />
          <OutcomeBadge outcome={record.outcome?.outcome ?? null} />
          <Moment at={record.at} exact />
        </div>
        <Heading className={`font-semibold tracking-tight [overflow-wrap:anywhere] ${size}`}>
          {sentenceOf(record)}
        </Heading>
        <Why record={record} />
        <Copies record={record} />
      </header>
      <Following record={record} />
      <RecordUsage record={record} />
      <Conversation record={record} />
      <Section title="Details">
        <RecordFacts record={record} />
      </Section>
    </article>
  );
}

function Copies({ record }: { readonly record: RecordDetail }) {
  const { slug } = useOrg();
  const { previous, next } = record;
  const origin = typeof window === "undefined" ? "" : window.location.origin;
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <CopyButton text={`${origin}/${slug}/records/${record.id}`}>Link</CopyButton>
      <CopyButton text={JSON.stringify(record, null, 2)}>JSON</CopyButton>
      <CopyButton text={policyTestOf(record)}>As a policy test</CopyButton>
      <nav aria-label="In the session" className="ml-auto flex gap-1">
        {previous !== null && (
          <LinkButton size="sm" variant="ghost" href={`/${slug}/records/${previous}`}>
            <ChevronLeft aria-hidden="true" /> Previous
          </LinkButton>
        )}
        {next !== null && (
          <LinkButton size="sm" variant="ghost" href={`/${slug}/records/${next}`}>
            Next <ChevronRight aria-hidden="true" />
          </LinkButton>
        )}
      </nav>
    </div>
  );
}

function RecordSkeleton() {
  return (
    <div role="status" className="flex flex-col gap-3">
      <span className="sr-only">Loading…</span>
      <Skeleton className="h-5 w-40" />
      <Skeleton className="h-6 w-4/5" />
      <Skeleton className="h-4 w-3/5" />
      <Skeleton className="h-40 w-full" />
    </div>
  );
}
