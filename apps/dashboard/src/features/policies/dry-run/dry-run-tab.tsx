"use client";

/** Judges what is on record under the draft: which calls it would have decided otherwise, and what that means. */
import { FlaskConical } from "lucide-react";
import { useState } from "react";
import type { Output } from "../../../data/api.ts";
import { useOrg } from "../../../data/org-context.tsx";
import { useChange } from "../../../data/use-api.ts";
import { Button } from "../../../ui/button.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { ErrorState } from "../../../ui/error-state.tsx";
import { Segmented } from "../../../ui/segmented.tsx";
import { SkeletonRows } from "../../../ui/skeleton.tsx";
import type { Draft } from "../draft/draft-state.ts";
import { DryRunResult } from "./dry-run-result.tsx";
import { useDryRuns } from "./use-dry-runs.ts";

interface Props {
  readonly policy: Output<"GET /policies/{id}">;
  readonly draft: Draft;
  readonly hasErrors: boolean;
  readonly canWrite: boolean;
}

const PERIODS = [
  { value: "24h", label: "24 hours" },
  { value: "7d", label: "7 days" },
  { value: "30d", label: "30 days" },
] as const;
type Period = (typeof PERIODS)[number]["value"];

export function DryRunTab({ policy, draft, hasErrors, canWrite }: Props) {
  const { can } = useOrg();
  const [period, setPeriod] = useState<Period>("24h");
  const { runs, current, error, isPending, refetch } = useDryRuns(policy.id, draft.text);
  const start = useChange("POST /dry-runs", { invalidates: ["GET /dry-runs"] });
  const reason = hasErrors
    ? "The draft has errors."
    : canWrite
      ? undefined
      : "You may only read this policy.";
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <Segmented label="Period" options={PERIODS} value={period} onValueChange={setPeriod} />
        <Button
          variant="primary"
          loading={start.isPending}
          disabledReason={reason}
          onClick={() => start.mutate({ draft: { policyId: policy.id, text: draft.text }, period })}
        >
          <FlaskConical aria-hidden="true" /> Run on past calls
        </Button>
        {!can("payloads:read") && (
          <p className="text-muted text-xs">
            Rules that look at arguments are left out: your role may not see payloads.
          </p>
        )}
      </div>
      {start.error !== null && <ErrorState error={start.error} compact />}
      {error !== null && <ErrorState error={error} retry={() => void refetch()} />}
      {isPending && <SkeletonRows rows={3} />}
      {!isPending && error === null && runs.length === 0 && (
        <EmptyState title="No dry run yet" icon={<FlaskConical />}>
          A dry run decides the calls of the last day, week or month again, under your draft. It
          shows what would have been refused, allowed or asked, before you publish.
        </EmptyState>
      )}
      {runs.map((run) => (
        <DryRunResult key={run.id} run={run} isOfThisText={run === current} canWrite={canWrite} />
      ))}
    </div>
  );
}
