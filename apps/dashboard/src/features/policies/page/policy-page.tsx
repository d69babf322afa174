"use client";

/** A policy's page, once its text and the member's draft are here. */
import { useOrg } from "../../../data/org-context.tsx";
import { useApi } from "../../../data/use-api.ts";
import { ErrorState } from "../../../ui/error-state.tsx";
import { PageHeader } from "../../../ui/page-header.tsx";
import { Skeleton } from "../../../ui/skeleton.tsx";
import type { SchemaNode } from "../editor/json-schema.ts";
import { Workbench } from "./workbench.tsx";

interface Props {
  readonly id: string;
  readonly schema: SchemaNode;
}

export function PolicyPage({ id, schema }: Props) {
  const { slug } = useOrg();
  const policy = useApi("GET /policies/{id}", { id });
  const draft = useApi("GET /policies/{id}/draft", { id });
  const error = policy.error ?? draft.error;
  if (policy.data !== undefined && draft.data !== undefined) {
    return <Workbench key={id} policy={policy.data} first={draft.data} schema={schema} />;
  }
  const retry = () => void Promise.all([policy.refetch(), draft.refetch()]);
  return (
    <>
      <PageHeader title="Policy" crumbs={[{ label: "Policies", href: `/${slug}/policies` }]} />
      {error !== null ? (
        <ErrorState error={error} retry={retry} />
      ) : (
        <div className="flex flex-col gap-4">
          <Skeleton className="h-9 w-full" />
          <Skeleton className="h-96 w-full" />
        </div>
      )}
    </>
  );
}
