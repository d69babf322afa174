/** Verb → the rules that can be about it, so that a decision looks at few rules however many there are. */
import { VERB_FAMILIES, type VerbFamily } from "@yolo/core/action";
import type { CompiledRule } from "./compiled-rule.ts";
import { type GlobPattern, matchesAny } from "./glob.ts";
import { CLOSED_VERBS, familyOf, isFamily, isOpenVerb, matchesVerb } from "./verb.ts";

/** A rule that is about a verb, with its resources as they read after that verb. */
export interface Candidate {
  readonly rule: CompiledRule;
  /** `undefined`: every resource. */
  readonly patterns: readonly GlobPattern[] | undefined;
}

export class RuleIndex {
  readonly #byVerb = new Map<string, readonly Candidate[]>();
  /** Per open family: the rules that a verb named by no rule can still match, by a wildcard. */
  readonly #wildcards = new Map<VerbFamily, readonly CompiledRule[]>();

  constructor(rules: readonly CompiledRule[]) {
    const named = new Set<string>(CLOSED_VERBS);
    for (const { heads } of rules) {
      for (const { verb } of heads) if (!verb.hasWildcard) named.add(verb.key);
    }
    for (const key of named) this.#byVerb.set(key, candidatesFor(key, rules));
    for (const family of VERB_FAMILIES) {
      this.#wildcards.set(
        family,
        rules.filter((rule) => hasWildcardIn(rule, family)),
      );
    }
  }

  /** The candidates for a verb in its compared form; `undefined`: there is no such verb. */
  candidates(key: string): readonly Candidate[] | undefined {
    const known = this.#byVerb.get(key);
    if (known !== undefined) return known;
    if (!isOpenVerb(key)) return undefined;
    const family = familyOf(key);
    return candidatesFor(key, (isFamily(family) && this.#wildcards.get(family)) || []);
  }
}

function candidatesFor(key: string, rules: readonly CompiledRule[]): readonly Candidate[] {
  const family = familyOf(key);
  if (!isFamily(family)) return [];
  const candidates: Candidate[] = [];
  for (const rule of rules) {
    const heads = rule.heads.filter(({ verb }) => matchesVerb(verb, key));
    if (heads.length === 0) continue;
    const patterns = heads.map(({ resources }) => resources.get(family)?.patterns);
    const isEvery = patterns.includes(undefined);
    candidates.push({ rule, patterns: isEvery ? undefined : patterns.flatMap((p) => p ?? []) });
  }
  return candidates;
}

function hasWildcardIn(rule: CompiledRule, family: VerbFamily): boolean {
  return rule.heads.some(({ verb, resources }) => verb.hasWildcard && resources.has(family));
}

export function matchesResource(candidate: Candidate, resource: string): boolean {
  return candidate.patterns === undefined || matchesAny(candidate.patterns, resource);
}
