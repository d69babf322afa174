"use client";

/** One event of a run: what was called, what was decided, how it ended, and what was said in it. */
import clsx from "clsx";
import Link from "next/link";
import { DecisionBadge } from "../../ui/decision-badge.tsx";
import { Money } from "../../ui/money.tsx";
import { OutcomeBadge } from "../../ui/outcome-badge.tsx";
import { formatDuration } from "../records/format-duration.ts";
import type { Placed } from "./lanes.ts";
import { SaidLines } from "./said-lines.tsx";
import type { RunEvent } from "./use-run.ts";

/** A pause worth a word. */
const GAP_MS = 5_000;

interface Props {
  readonly placed: Placed;
  /** Null: the agent itself. */
  readonly laneName: string | null;
  readonly laneCount: number;
  readonly href: string;
  /** The address names this event. */
  readonly isTarget: boolean;
  readonly isActive: boolean;
  readonly onFocus: () => void;
  readonly said: React.ComponentProps<typeof SaidLines>;
}

export function RunEventRow(props: Props) {
  const { placed, laneName, laneCount, isTarget, said } = props;
  const { event, gapMs, lane } = placed;
  return (
    <div className="pb-2">
      {gapMs >= GAP_MS && (
        <p className="py-1.5 pl-19 text-muted text-xs max-sm:pl-0">
          {formatDuration(gapMs)} in which nothing was called
        </p>
      )}
      <div
        className={clsx(
          "rounded-lg border bg-raised",
          isTarget ? "border-fill" : "border-line",
          lane > 0 && "ml-6 max-sm:ml-3",
        )}
      >
        <EventHead {...props} />
        {laneCount > 1 && laneName !== null && (
          <p className="px-3 text-muted text-xs">Sub-agent {laneName}</p>
        )}
        {event.decision !== "allow" && (
          <p className="px-3 pb-2 text-muted text-xs [overflow-wrap:anywhere]">
            {event.explanation}
          </p>
        )}
        <SaidLines {...said} />
      </div>
    </div>
  );
}

function EventHead({ placed, href, isActive, onFocus }: Props) {
  const { event, sinceStartMs } = placed;
  const [first] = event.actions;
  const { outcome, decision } = event;
  return (
    <Link
      href={href}
      prefetch={false}
      tabIndex={isActive ? 0 : -1}
      onFocus={onFocus}
      className="flex min-h-9 flex-wrap items-center gap-x-2.5 gap-y-0.5 rounded-lg px-3 py-1.5 text-sm outline-offset-[-2px] hover:bg-well/60 coarse:min-h-11"
    >
      <span className="w-14 shrink-0 text-muted text-xs tabular-nums">
        +{formatDuration(sinceStartMs)}
      </span>
      <span className="min-w-0 flex-1 truncate max-sm:order-last max-sm:basis-full">
        <code className="text-xs">{first?.verb}</code>{" "}
        <span className="text-muted">{first?.resource}</span>
        {event.actions.length > 1 && (
          <span className="text-muted"> and {event.actions.length - 1} more</span>
        )}
      </span>
      <Signs event={event} />
      <span className="w-14 shrink-0 text-right text-muted text-xs tabular-nums max-sm:w-auto">
        {outcome?.latencyMs != null && decision === "allow" && formatDuration(outcome.latencyMs)}
      </span>
      <span className="w-16 shrink-0 text-right text-muted text-xs max-sm:ml-auto max-sm:w-auto">
        <Money micros={outcome?.costMicros ?? null} />
      </span>
    </Link>
  );
}

/** What is not as usual. */
function Signs({ event }: { readonly event: RunEvent }) {
  const { decision, outcome, would } = event;
  return (
    <span className="flex gap-1.5">
      <DecisionBadge decision={decision} />
      {decision === "allow" && outcome?.outcome !== "done" && (
        <OutcomeBadge outcome={outcome?.outcome ?? null} />
      )}
      {outcome?.status != null && outcome.status >= 400 && (
        <span className="text-warn text-xs tabular-nums">{outcome.status}</span>
      )}
      {would !== decision && <span className="text-warn text-xs">would be {would}</span>}
    </span>
  );
}
