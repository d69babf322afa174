"use client";

/** Why it was decided so: the explanation, and the lines that decided. */
import { useOrg } from "../../data/org-context.tsx";
import { TextLink } from "../../ui/text-link.tsx";
import type { RecordDetail } from "./use-record.ts";

type Rule = RecordDetail["rules"][number];

const WOULD: { readonly [effect in RecordDetail["would"]]: string } = {
  allow: "allowed",
  deny: "denied",
  approve: "asked a person about",
};

export function Why({ record }: { readonly record: RecordDetail }) {
  const { explanation, rules, wouldRules, decision, would } = record;
  return (
    <div className="flex flex-col gap-1 text-sm">
      <p className="text-muted [overflow-wrap:anywhere]">{explanation}</p>
      {rules.length > 0 && <Rules label="Decided by" rules={rules} />}
      {would !== decision && (
        <div className="rounded-md bg-warn-halo px-2.5 py-1.5 text-warn text-xs">
          Policies in evaluate would have {WOULD[would]} it.{" "}
          {wouldRules.length > 0 && <Rules label="By" rules={wouldRules} />}
        </div>
      )}
    </div>
  );
}

function Rules({ label, rules }: { readonly label: string; readonly rules: readonly Rule[] }) {
  const { slug } = useOrg();
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-0.5 text-xs" aria-label={label}>
      {rules.map(({ id, policyId, version, line }) => (
        <li key={`${policyId} ${version} ${line}`}>
          <TextLink href={`/${slug}/policies/${policyId}?version=${version}&line=${line}`}>
            {id === `line ${line}` ? `Line ${line}` : `${id}, line ${line}`} of version {version}
          </TextLink>
        </li>
      ))}
    </ul>
  );
}
