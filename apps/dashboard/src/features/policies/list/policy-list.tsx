"use client";

/** The org's policies: where each applies, in which mode, what is in force and whether its tests pass. */
import { Plus, ScrollText } from "lucide-react";
import { parseAsBoolean, useQueryState } from "nuqs";
import type { Output } from "../../../data/api.ts";
import { useOrg } from "../../../data/org-context.tsx";
import { useApi } from "../../../data/use-api.ts";
import { Badge } from "../../../ui/badge.tsx";
import { Button } from "../../../ui/button.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { ErrorState } from "../../../ui/error-state.tsx";
import { lazyDialog } from "../../../ui/lazy-dialog.tsx";
import { Moment } from "../../../ui/moment.tsx";
import { PageHeader } from "../../../ui/page-header.tsx";
import { SkeletonRows } from "../../../ui/skeleton.tsx";
import { Cell, Head, Row, Table } from "../../../ui/table.tsx";
import { TextLink } from "../../../ui/text-link.tsx";
import { ModeBadge } from "../mode-badge.tsx";
import { placeText } from "../place.ts";
import type { StarterText } from "./new-policy-dialog.tsx";

const NewPolicyDialog = lazyDialog(
  async () => (await import("./new-policy-dialog.tsx")).NewPolicyDialog,
);

type Listed = Output<"GET /policies">["data"][number];

export function PolicyList({ starters }: { readonly starters: readonly StarterText[] }) {
  const { can } = useOrg();
  const [isNew, setNew] = useQueryState("new", parseAsBoolean.withDefault(false));
  const policies = useApi("GET /policies", {});
  const create = (
    <Button
      variant="primary"
      onClick={() => void setNew(true)}
      disabledReason={can("policies:write") ? undefined : "Your role may not write policies."}
    >
      <Plus aria-hidden="true" /> New policy
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Policies"
        description="What agents may do. All policies that apply to a call are taken together; what none of them allows is denied."
        actions={create}
      />
      <Content policies={policies} create={create} />
      {isNew && <NewPolicyDialog starters={starters} onClose={() => void setNew(null)} />}
    </>
  );
}

interface ContentProps {
  readonly policies: ReturnType<typeof useApi<"GET /policies">>;
  readonly create: React.ReactNode;
}

function Content({ policies, create }: ContentProps) {
  const tests = useApi("POST /policies/test", {}, { enabled: policies.data !== undefined });
  if (policies.error !== null) {
    return <ErrorState error={policies.error} retry={() => void policies.refetch()} />;
  }
  if (policies.data === undefined) return <SkeletonRows rows={4} />;
  if (policies.data.data.length === 0) {
    return (
      <EmptyState title="No policies yet" icon={<ScrollText />} action={create}>
        Without a policy nothing is allowed. Begin with a starter: it logs what it would do before
        it refuses anything.
      </EmptyState>
    );
  }
  return (
    <Table label="Policies">
      <Head>
        <Cell>Name</Cell>
        <Cell>Applies to</Cell>
        <Cell>Mode</Cell>
        <Cell>In force</Cell>
        <Cell>Tests</Cell>
      </Head>
      <tbody>
        {policies.data.data.map((policy) => (
          <PolicyRow key={policy.id} policy={policy} tests={tests} />
        ))}
      </tbody>
    </Table>
  );
}

interface RowProps {
  readonly policy: Listed;
  readonly tests: ReturnType<typeof useApi<"POST /policies/test">>;
}

function PolicyRow({ policy, tests }: RowProps) {
  const { slug } = useOrg();
  const { version, authorName, publishedAt } = policy.published;
  return (
    <Row>
      <Cell>
        <TextLink href={`/${slug}/policies/${policy.id}`} className="font-medium">
          {policy.name}
        </TextLink>
      </Cell>
      <Cell>{placeText(policy)}</Cell>
      <Cell tight>
        <span className="inline-flex flex-wrap items-center gap-1.5">
          <ModeBadge mode={policy.mode} />
          {policy.trialEndsAt !== null && (
            <span className="text-muted text-xs">
              enforced <Moment at={policy.trialEndsAt} />
            </span>
          )}
        </span>
      </Cell>
      <Cell tight>
        Version {version}
        <span className="text-muted">
          {" "}
          · {authorName ?? "yologateway"} · <Moment at={publishedAt} />
        </span>
      </Cell>
      <Cell tight>
        <TestCount id={policy.id} tests={tests} />
      </Cell>
    </Row>
  );
}

function TestCount({ id, tests }: { readonly id: string; readonly tests: RowProps["tests"] }) {
  if (tests.error !== null) return <Badge tone="bad">not run</Badge>;
  if (tests.data === undefined) return <span className="text-muted">…</span>;
  const own = tests.data.tests.filter(({ policyId }) => policyId === id);
  const passed = own.filter((test) => test.passed).length;
  if (own.length === 0) return <span className="text-muted">none</span>;
  return (
    <Badge tone={passed === own.length ? "good" : "bad"}>
      {passed}/{own.length} pass
    </Badge>
  );
}
