"use client";

/** Calls that one rule would decide otherwise, with examples. */
import { ArrowRight } from "lucide-react";
import { DecisionBadge } from "../../../ui/decision-badge.tsx";
import { Money } from "../../../ui/money.tsx";
import { RuleLink } from "../rule-link.tsx";
import { RecordLinks } from "./record-links.tsx";
import type { DryRun } from "./use-dry-runs.ts";

export function DryRunGroup({ group }: { readonly group: DryRun["groups"][number] }) {
  const { from, to, rule, count, costMicros, records, counts, explanation } = group;
  return (
    <li className="flex flex-col gap-1 py-3 text-sm">
      <div className="flex flex-wrap items-center gap-2">
        <strong className="tabular-nums">{count.toLocaleString("en-US")}</strong>
        <DecisionBadge decision={from} />
        <ArrowRight aria-label="would become" className="size-3.5 text-muted" />
        <DecisionBadge decision={to} />
        <span className="text-muted text-xs">
          <Money micros={costMicros} /> list price
          {counts === "would" && " · only logged, because of evaluate"}
        </span>
      </div>
      <p className="break-words">
        {rule === null ? "By no rule. " : <RuleLink rule={rule} />} {explanation}
      </p>
      <div className="text-muted text-xs">
        For example <RecordLinks records={records} />
      </div>
    </li>
  );
}
