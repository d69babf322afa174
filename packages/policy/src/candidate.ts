/** A rule as it stands towards one of its verbs: its resources read as they do after that verb. */
import type { VerbFamily } from "@yolo/core/verb-family";
import type { CompiledRule, RuleHead } from "./compiled-rule.ts";
import type { GlobPattern } from "./glob.ts";
import { matchesVerb, type VerbPattern } from "./verb.ts";

export interface Candidate {
  readonly rule: CompiledRule;
  /** The long forms of the resources; empty: every resource. */
  readonly texts: readonly string[];
  /** `undefined`: every resource. */
  readonly patterns: readonly GlobPattern[] | undefined;
  /** What the action's verb must still match; `undefined` where that is known. */
  readonly verb: VerbPattern | undefined;
}

/** The rules about the verb with this key, one candidate per verb of the rule that matches it. */
export function candidatesFor(
  key: string,
  family: VerbFamily,
  rules: readonly CompiledRule[],
): readonly Candidate[] {
  return rules.flatMap((rule) =>
    rule.heads
      .filter(({ verb }) => matchesVerb(verb, key))
      .map((head) => ({ ...candidateOf(rule, head, family), verb: undefined })),
  );
}

/** The rules that reach into the family by a wildcard; each must still match the verb. */
export function wildcardsIn(
  family: VerbFamily,
  rules: readonly CompiledRule[],
): readonly Candidate[] {
  return rules.flatMap((rule) =>
    rule.heads
      .filter(({ verb, resources }) => verb.hasWildcard && resources.has(family))
      .map((head) => candidateOf(rule, head, family)),
  );
}

function candidateOf(rule: CompiledRule, head: RuleHead, family: VerbFamily): Candidate {
  const { texts, patterns } = head.resources.get(family) ?? { texts: [], patterns: [] };
  return { rule, texts, patterns, verb: head.verb };
}
