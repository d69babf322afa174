/** A decision is a value. It names what made it, so that a person can find the line that said no. */

export const EFFECTS = ["allow", "approve", "deny"] as const;
/** In rising strictness: `allow` < `approve` < `deny`. */
export type Effect = (typeof EFFECTS)[number];

/** A rule that took part in a decision. */
export interface RuleReference {
  /** The rule's `id`, or `line <n>` where it has none. */
  readonly id: string;
  readonly policyId: string;
  /** Number of the published version the rule stands in. */
  readonly version: number;
  /** Line of the rule in that version's text, counted from 1. */
  readonly line: number;
  readonly effect: Effect;
  /** The author's own words, shown to the agent. */
  readonly reason?: string;
}

export interface Decision {
  /** What is enforced. */
  readonly effect: Effect;
  /** What would be enforced if documents in `evaluate` counted too; equals `effect` where none does. */
  readonly would: Effect;
  /** The rules that made `effect`; empty when nothing matched (default deny) or no document enforces. */
  readonly rules: readonly RuleReference[];
  /** The rules that made `would`. */
  readonly wouldRules: readonly RuleReference[];
  /** Labels the resource carries. */
  readonly labels: readonly string[];
  /** One sentence a person and a model can act on. */
  readonly explanation: string;
}

const strictness: Record<Effect, number> = { allow: 0, approve: 1, deny: 2 };

/** The stricter of two effects. */
export function strictest(a: Effect, b: Effect): Effect {
  return strictness[a] >= strictness[b] ? a : b;
}
