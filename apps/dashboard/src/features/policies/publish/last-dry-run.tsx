"use client";

/** What this very text would have done, where a dry run has tried it. */
import { Moment } from "../../../ui/moment.tsx";
import { ConsequenceTiles } from "../dry-run/consequence-tiles.tsx";
import { consequencesOf } from "../dry-run/consequences.ts";
import { isUnfinished, useDryRuns } from "../dry-run/use-dry-runs.ts";

interface Props {
  readonly policyId: string;
  readonly text: string;
}

export function LastDryRun({ policyId, text }: Props) {
  const { current } = useDryRuns(policyId, text);
  if (current === undefined || current.state === "failed") {
    return (
      <p className="text-muted text-sm">
        This text was not tried on past calls yet: see the tab “Dry run”.
      </p>
    );
  }
  return (
    <section aria-label="Dry run" className="flex flex-col gap-2">
      <h3 className="font-semibold text-sm">
        On past calls{" "}
        <span className="font-normal text-muted text-xs">
          {current.judged.toLocaleString("en-US")} decided again,{" "}
          {isUnfinished(current) ? "still running" : <Moment at={current.endedAt} />}
        </span>
      </h3>
      <ConsequenceTiles consequences={consequencesOf(current.groups, "enforced")} />
    </section>
  );
}
