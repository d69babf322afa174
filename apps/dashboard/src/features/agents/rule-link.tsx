"use client";

/** A rule by name, leading to its line in the policy. */
import type { Output } from "../../data/api.ts";
import { useOrg } from "../../data/org-context.tsx";
import { TextLink } from "../../ui/text-link.tsx";

type Rule = Output<"POST /policies/preview">["data"][number]["rules"][number];

export function RuleLink({ rule }: { readonly rule: Rule }) {
  const { slug } = useOrg();
  const { id, policyId, policyName, line } = rule;
  const name = id === `line ${line}` ? `line ${line}` : `${id}, line ${line}`;
  const text = `${policyName}: ${name}`;
  if (policyId === null) return text;
  return <TextLink href={`/${slug}/policies/${policyId}?line=${line}`}>{text}</TextLink>;
}
