"use client";

/** One dry run: how far it is, and what it has found, rule by rule. */
import type { Output } from "../../../data/api.ts";
import { useChange } from "../../../data/use-api.ts";
import { Badge } from "../../../ui/badge.tsx";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { ErrorState } from "../../../ui/error-state.tsx";
import { Moment } from "../../../ui/moment.tsx";
import { Progress } from "../../../ui/progress.tsx";
import { ConsequenceTiles } from "./consequence-tiles.tsx";
import { consequencesOf } from "./consequences.ts";
import { DryRunGroup } from "./dry-run-group.tsx";
import { RecordLinks } from "./record-links.tsx";
import { type DryRun, isUnfinished } from "./use-dry-runs.ts";

interface Props {
  readonly run: DryRun;
  readonly isOfThisText: boolean;
  readonly canWrite: boolean;
}

export function DryRunResult({ run, isOfThisText, canWrite }: Props) {
  const { since, until, startedAt, state, failure, groups, changed, judged } = run;
  const hours = Math.round((Date.parse(until) - Date.parse(since)) / 3_600_000);
  const isEvaluated = groups.some(({ counts }) => counts === "would");
  return (
    <Card
      title={`Last ${hours <= 24 ? "24 hours" : `${Math.round(hours / 24)} days`}`}
      description={
        <>
          Started <Moment at={startedAt} />
        </>
      }
      actions={
        <>
          <Badge tone={isOfThisText ? "info" : "neutral"}>
            {isOfThisText ? "this text" : "another text"}
          </Badge>
          {isUnfinished(run) && canWrite && <Cancel id={run.id} />}
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <State run={run} />
        {failure !== null && <ErrorState error={{ message: failure }} compact />}
        {state !== "failed" && (
          <>
            <p className="text-sm">
              {judged.toLocaleString("en-US")} calls were decided again;{" "}
              <strong>{changed.toLocaleString("en-US")}</strong> would be decided otherwise.
            </p>
            <ConsequenceTiles consequences={consequencesOf(groups, "enforced")} />
            {isEvaluated && (
              <section className="flex flex-col gap-2">
                <h3 className="text-muted text-sm">Only logged, because of evaluate</h3>
                <ConsequenceTiles consequences={consequencesOf(groups, "would")} />
              </section>
            )}
            {groups.length > 0 && (
              <ul className="flex flex-col divide-y divide-line border-line border-t">
                {groups.map((group) => (
                  <DryRunGroup key={keyOf(group)} group={group} />
                ))}
              </ul>
            )}
            {run.ungrouped > 0 && (
              <p className="text-muted text-xs">And {run.ungrouped} changes by further rules.</p>
            )}
            <LeftOut leftOut={run.leftOut} />
          </>
        )}
      </div>
    </Card>
  );
}

function State({ run }: { readonly run: DryRun }) {
  const { state, progress } = run;
  if (state === "cancelled") {
    return <p className="text-muted text-sm">Cancelled: what follows was found until then.</p>;
  }
  if (!isUnfinished(run)) return null;
  const of = progress.total === null ? "" : ` of ${progress.total.toLocaleString("en-US")}`;
  const label = state === "queued" ? "Waiting for a worker" : `${progress.passed}${of} calls`;
  const { total } = progress;
  return (
    <Progress label={label} value={total === null ? null : progress.passed} max={total || 1} />
  );
}

function Cancel({ id }: { readonly id: string }) {
  const cancel = useChange("DELETE /dry-runs/{id}", { invalidates: ["GET /dry-runs"] });
  return (
    <Button size="sm" loading={cancel.isPending} onClick={() => cancel.mutate({ id })}>
      Cancel
    </Button>
  );
}

const REASONS: { readonly [reason in DryRun["leftOut"][number]["reason"]]: string } = {
  arguments_not_kept: "a rule looks at their arguments, which were not kept",
  payloads_not_permitted: "a rule looks at their arguments, which your role may not see",
  not_readable: "they were recorded in a form that cannot be decided again",
};

function LeftOut({ leftOut }: Pick<Output<"GET /dry-runs/{id}">, "leftOut">) {
  return leftOut.map(({ reason, count, records }) => (
    <div key={reason} className="text-muted text-xs">
      {count.toLocaleString("en-US")} calls are not counted: {REASONS[reason]}.{" "}
      <RecordLinks records={records} />
    </div>
  ));
}

function keyOf({ counts, from, to, rule }: DryRun["groups"][number]): string {
  return `${counts} ${from} ${to} ${rule?.policyId ?? ""} ${rule?.line ?? ""}`;
}
