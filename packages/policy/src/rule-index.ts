/** Verb → the rules that can be about it. */
import { VERB_FAMILIES, type VerbFamily } from "@yolo/core/verb-family";
import { candidatesFor, wildcardsIn } from "./candidate.ts";
import type { CompiledRule } from "./compiled-rule.ts";
import { ResourceIndex } from "./resource-index.ts";
import { CLOSED_VERBS, familyOf, isFamily, isOpenVerb } from "./verb.ts";

const NOTHING = new ResourceIndex([]);

export class RuleIndex {
  readonly #byVerb = new Map<string, ResourceIndex>();
  /** Per family: the rules that a verb named by no rule can still match. */
  readonly #byFamily = new Map<VerbFamily, ResourceIndex>();

  readonly #allowing = new Map<VerbFamily, readonly CompiledRule[]>();

  constructor(rules: readonly CompiledRule[]) {
    const allows = rules.filter(({ effect }) => effect === "allow");
    for (const family of VERB_FAMILIES) {
      const reaching = ({ heads }: CompiledRule) =>
        heads.some((head) => head.resources.has(family));
      this.#allowing.set(family, allows.filter(reaching));
    }
    for (const family of VERB_FAMILIES)
      this.#byFamily.set(family, indexOf(wildcardsIn(family, rules)));
    const named = rulesByVerb(rules);
    for (const key of CLOSED_VERBS) if (!named.has(key)) named.set(key, new Set());
    for (const [key, naming] of named) {
      const family = familyOf(key);
      if (!isFamily(family)) continue;
      const wildcards = this.#byFamily.get(family)?.candidates ?? [];
      const both = new Set([...naming, ...wildcards.map(({ rule }) => rule)]);
      this.#byVerb.set(key, indexOf(candidatesFor(key, family, [...both])));
    }
  }

  /** The rules about a verb in its compared form; `undefined`: there is no such verb. */
  about(key: string): ResourceIndex | undefined {
    const named = this.#byVerb.get(key);
    if (named !== undefined) return named;
    const family = familyOf(key);
    return isOpenVerb(key) && isFamily(family) ? this.#byFamily.get(family) : undefined;
  }

  /** The rules that allow something in a family, by whichever verb, in the order of the text. */
  allowing(family: VerbFamily): readonly CompiledRule[] {
    return this.#allowing.get(family) ?? [];
  }
}

function indexOf(candidates: ConstructorParameters<typeof ResourceIndex>[0]): ResourceIndex {
  return candidates.length === 0 ? NOTHING : new ResourceIndex(candidates);
}

/** Verb → the rules that name it without a wildcard. */
function rulesByVerb(rules: readonly CompiledRule[]): Map<string, Set<CompiledRule>> {
  const named = new Map<string, Set<CompiledRule>>();
  for (const rule of rules) {
    for (const { verb } of rule.heads) {
      if (verb.hasWildcard) continue;
      const naming = named.get(verb.key) ?? new Set();
      named.set(verb.key, naming.add(rule));
    }
  }
  return named;
}
