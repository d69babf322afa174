"use client";

/** A decision with its reasons: the rules that match, and of the others the part that does not hold. */
import { Check, Minus } from "lucide-react";
import type { Output } from "../../../data/api.ts";
import { Badge } from "../../../ui/badge.tsx";
import { Card } from "../../../ui/card.tsx";
import { DecisionBadge } from "../../../ui/decision-badge.tsx";
import type { LineColumn } from "../editor/text-position.ts";
import { RuleLink } from "../rule-link.tsx";

type Explained = Output<"POST /policies/explain">;

interface Props {
  readonly explained: Explained;
  readonly goTo: (place: LineColumn) => void;
}

export function Explanation({ explained, goTo }: Props) {
  const { effect, would, explanation, steps, labels } = explained;
  return (
    <>
      <div className="flex flex-col gap-2 rounded-lg border border-line bg-raised p-4">
        <div className="flex flex-wrap items-center gap-2">
          <DecisionBadge decision={effect} />
          {would !== effect && (
            <span className="inline-flex items-center gap-2 text-muted text-sm">
              in enforce: <DecisionBadge decision={would} />
            </span>
          )}
          {labels.map((label) => (
            <Badge key={label}>{label}</Badge>
          ))}
        </div>
        <p className="break-words text-sm">{explanation}</p>
        {explained.rules.length > 0 && (
          <p className="flex flex-wrap gap-x-3 text-sm">
            {explained.rules.map((rule) => (
              <RuleLink key={`${rule.policyId} ${rule.line}`} rule={rule} goTo={goTo} />
            ))}
          </p>
        )}
      </div>
      {steps.map(({ verb, resource, rules }) => (
        <Card
          key={verb}
          flush
          title={<code className="break-all font-mono text-xs">{`${verb} on ${resource}`}</code>}
          description={`${rules.length === 0 ? "No rules apply." : "Every rule, the nearest first."}`}
        >
          <ul className="divide-y divide-line">
            {rules.map((rule) => (
              <RuleRow key={`${rule.policyId} ${rule.line} ${rule.text}`} rule={rule} goTo={goTo} />
            ))}
          </ul>
        </Card>
      ))}
    </>
  );
}

const PARTS: { readonly [part: string]: string } = {
  document: "its document is for other agents",
  verb: "another verb",
  resource: "another resource",
  agents: "other agents",
  tiers: "another kind of client",
  roles: "the user lacks the role",
  groups: "the user is in none of the groups",
  scopes: "the user lacks a scope",
  claims: "a claim differs",
  verified: "the user is not verified",
  if: "its condition does not hold",
};

type Rule = Explained["steps"][number]["rules"][number];

function RuleRow({ rule, goTo }: { readonly rule: Rule; readonly goTo: Props["goTo"] }) {
  const { text, failed, error, isEnforced, isBoundary } = rule;
  const Sign = failed === null ? Check : Minus;
  return (
    <li className="flex items-start gap-2.5 px-4 py-2 text-sm">
      <Sign
        aria-hidden="true"
        className={`mt-1 size-3.5 shrink-0 ${failed === null ? "text-good" : "text-muted"}`}
      />
      <div className="min-w-0 flex-1">
        <code className="break-words text-xs">{text}</code>
        <p className="flex flex-wrap gap-x-2 text-muted text-xs">
          <RuleLink rule={rule} goTo={goTo} />
          <span>{failed === null ? "matches" : `does not match: ${PARTS[failed] ?? failed}`}</span>
          {!isEnforced && <span>only evaluated</span>}
          {isBoundary && <span>boundary</span>}
        </p>
        {error !== null && <p className="break-words text-bad text-xs">{error}</p>}
      </div>
    </li>
  );
}
