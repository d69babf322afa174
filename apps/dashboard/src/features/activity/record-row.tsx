/** A record in one line; on a phone in two. */
import { DecisionBadge } from "../../ui/decision-badge.tsx";
import { Moment } from "../../ui/moment.tsx";
import { Money } from "../../ui/money.tsx";
import { OutcomeBadge } from "../../ui/outcome-badge.tsx";
import type { RecordItem } from "./use-live-records.ts";

/** Columns from the left; the panel beside the list leaves no room for the last ones. */
const TIME = "w-22 shrink-0";
const DECISION = "w-30 shrink-0 max-sm:w-auto";
const AGENT =
  "w-32 shrink-0 truncate max-lg:hidden max-sm:ml-auto max-sm:block max-sm:w-auto max-sm:max-w-28";
const OUTCOME = "w-28 shrink-0 max-md:hidden";
const COST = "w-20 shrink-0 text-right max-sm:hidden";

interface Props {
  readonly record: RecordItem;
  /** Leaves out what the narrow list has no room for. */
  readonly narrow: boolean;
}

export function RecordRow({ record, narrow }: Props) {
  const { at, decision, would, verb, resource, agent, outcome, open } = record;
  const isOutcomeNews =
    open || (outcome !== null && outcome.outcome !== "done" && decision === "allow");
  return (
    <span className="flex w-full min-w-0 items-center gap-3 py-1.5 max-sm:flex-wrap max-sm:gap-x-2 max-sm:gap-y-0.5">
      <span className={`${TIME} text-muted text-xs`}>
        <Moment at={at} />
      </span>
      <span className={DECISION}>
        <DecisionBadge decision={decision} />
      </span>
      <span className="min-w-0 flex-1 truncate max-sm:order-last max-sm:basis-full">
        <code className="text-xs">{verb}</code>{" "}
        <span className="text-muted" title={resource}>
          {resource}
        </span>
        {would !== decision && <span className="text-warn text-xs"> · would be {would}</span>}
      </span>
      {!narrow && <span className={`${AGENT} text-muted text-xs`}>{agent.name}</span>}
      {(!narrow || isOutcomeNews) && (
        <span className={narrow ? "shrink-0" : OUTCOME}>
          {isOutcomeNews && <OutcomeBadge outcome={outcome?.outcome ?? null} />}
        </span>
      )}
      {!narrow && (
        <span className={`${COST} text-muted text-xs`}>
          <Money micros={outcome?.costMicros ?? null} />
        </span>
      )}
    </span>
  );
}

export function RecordHead({ narrow }: Pick<Props, "narrow">) {
  return (
    <span className="flex w-full items-center gap-3 max-sm:hidden">
      <span className={TIME}>Time</span>
      <span className={DECISION}>Decision</span>
      <span className="flex-1">Action</span>
      {!narrow && <span className={AGENT}>Agent</span>}
      {!narrow && <span className={OUTCOME}>Outcome</span>}
      {!narrow && <span className={COST}>Cost</span>}
    </span>
  );
}
