"use client";

/** What an agent may do: every verb and resource that its policies speak of, and one action that is asked about. */
import { ShieldCheck } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { useDeferredValue } from "react";
import type { Output } from "../../data/api.ts";
import { useOrg } from "../../data/org-context.tsx";
import { useApi } from "../../data/use-api.ts";
import { Card } from "../../ui/card.tsx";
import { DecisionBadge } from "../../ui/decision-badge.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Input } from "../../ui/input.tsx";
import { SkeletonRows } from "../../ui/skeleton.tsx";
import { Cell, Head, Row, Table } from "../../ui/table.tsx";
import { TextLink } from "../../ui/text-link.tsx";
import { findRows } from "./find-rows.ts";
import { RuleLink } from "./rule-link.tsx";
import { TryAction } from "./try-action.tsx";

type Agent = Output<"GET /agents/{id}">;
type MatrixRow = Output<"POST /policies/preview">["data"][number];

export function WhatItMayDo({ agent }: { readonly agent: Agent }) {
  if (agent.archivedAt !== null) {
    return (
      <EmptyState title="Nothing" icon={<ShieldCheck />}>
        The agent is archived: every call of it is refused.
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-6">
      <Card
        title="Try an action"
        description="Decided as it would be now. Nothing is called, nothing is recorded."
      >
        <TryAction agentId={agent.id} />
      </Card>
      <Matrix agentId={agent.id} />
    </div>
  );
}

function Matrix({ agentId }: { readonly agentId: string }) {
  const preview = useApi("POST /policies/preview", { agentId });
  const [text, setText] = useQueryState("text", parseAsString.withDefault(""));
  const sought = useDeferredValue(text);
  if (preview.error !== null) {
    return <ErrorState error={preview.error} retry={() => void preview.refetch()} />;
  }
  if (preview.data === undefined) return <SkeletonRows />;
  const { data } = preview.data;
  if (data.length === 0) return <NoPolicies />;
  const rows = findRows(data, sought);
  return (
    <section aria-labelledby="matrix" className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="matrix" className="font-semibold text-sm">
          By verb and resource
        </h2>
        <Input
          type="search"
          aria-label="Find a verb, a resource or a rule"
          placeholder="Find a verb, a resource or a rule"
          value={text}
          onChange={(event) => void setText(event.currentTarget.value || null)}
          className="max-w-80"
        />
      </div>
      <p className="text-muted text-xs" role="status">
        {rows.length === data.length
          ? `${data.length} kinds of action. What is not listed is denied.`
          : `${rows.length} of ${data.length}`}
      </p>
      {rows.length === 0 ? (
        <EmptyState title="No row matches">
          What no rule speaks of is denied. Try the action above to see why.
        </EmptyState>
      ) : (
        <MatrixTable rows={rows} />
      )}
    </section>
  );
}

function NoPolicies() {
  const { slug } = useOrg();
  return (
    <EmptyState
      title="Nothing: no policy allows it anything"
      icon={<ShieldCheck />}
      action={<TextLink href={`/${slug}/policies`}>Open the policies</TextLink>}
    >
      What no policy allows is denied.
    </EmptyState>
  );
}

function MatrixTable({ rows }: { readonly rows: readonly MatrixRow[] }) {
  return (
    <Table label="What the agent may do">
      <Head>
        <Cell>Verb</Cell>
        <Cell>Resource</Cell>
        <Cell>Decision</Cell>
        <Cell>Rule</Cell>
      </Head>
      <tbody>
        {rows.map((row) => (
          <Row key={`${row.verb} ${row.resource}`}>
            <Cell mono tight>
              {row.verb}
            </Cell>
            <Cell mono className="min-w-40 break-all">
              {row.resource}
            </Cell>
            <Cell tight>
              <Decision row={row} />
            </Cell>
            <Cell className="min-w-48">
              <Rules row={row} />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

function Decision({ row }: { readonly row: MatrixRow }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <DecisionBadge decision={row.effect} />
      {row.would !== row.effect && (
        <span className="text-muted text-xs">would be: {row.would}</span>
      )}
    </span>
  );
}

function Rules({ row: { rules, conditional, explanation } }: { readonly row: MatrixRow }) {
  return (
    <div className="flex flex-col gap-0.5">
      {rules.length === 0 ? (
        <span className="text-muted">{explanation}</span>
      ) : (
        rules.map((rule) => <RuleLink key={`${rule.policyId} ${rule.line}`} rule={rule} />)
      )}
      {conditional.map((rule) => (
        <span key={`${rule.policyId} ${rule.line}`} className="text-muted text-xs">
          may {rule.effect} under its condition: <RuleLink rule={rule} />
        </span>
      ))}
    </div>
  );
}
