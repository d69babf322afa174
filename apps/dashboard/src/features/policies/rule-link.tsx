"use client";

/** A rule by its name, leading to its line: in the version it stands in, or in the draft. */
import { useOrg } from "../../data/org-context.tsx";
import { TextLink } from "../../ui/text-link.tsx";

interface Rule {
  readonly id: string;
  readonly line: number;
  readonly version: number;
  readonly policyId: string | null;
  readonly policyName?: string;
  readonly isDraft: boolean;
}

interface Props {
  readonly rule: Rule;
  /** Goes to a line of the draft. */
  readonly goTo?: (place: { readonly line: number; readonly column: number }) => void;
}

export function RuleLink({ rule, goTo }: Props) {
  const { slug } = useOrg();
  const { id, line, version, policyId, policyName, isDraft } = rule;
  const name = id === `line ${line}` ? id : `${id} (line ${line})`;
  if (isDraft || policyId === null) {
    return goTo === undefined ? (
      <span>{name} of the draft</span>
    ) : (
      <button
        type="button"
        className="min-h-6 text-link underline underline-offset-3 coarse:min-h-11"
        onClick={() => goTo({ line, column: 1 })}
      >
        {name} of the draft
      </button>
    );
  }
  return (
    <TextLink href={`/${slug}/policies/${policyId}?version=${version}&line=${line}`}>
      {policyName === undefined ? name : `${policyName}, ${name}`}
    </TextLink>
  );
}
