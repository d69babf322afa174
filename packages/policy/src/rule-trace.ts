/** One rule before one action, part by part: the first part that does not hold. */
import type { Action } from "@yolo/core/action";
import type { CompiledRule } from "./compiled-rule.ts";
import type { ConditionFacts } from "./condition-facts.ts";
import type { Subject } from "./engine.ts";
import { matchesAny } from "./glob.ts";
import { familyOf, isFamily, matchesVerb } from "./verb.ts";
import type { WhoPart } from "./who.ts";

/** In the order in which the parts are looked at: the later one fails, the nearer the rule. */
export const PARTS = [
  "document",
  "verb",
  "resource",
  "agents",
  "tiers",
  "roles",
  "groups",
  "scopes",
  "claims",
  "verified",
  "if",
] as const satisfies readonly ("document" | "verb" | "resource" | "if" | WhoPart)[];
export type RulePart = (typeof PARTS)[number];

export interface Trace {
  /** `undefined`: the rule matches. */
  readonly failed: RulePart | undefined;
  /** Why the condition could not be evaluated. */
  readonly error: string | undefined;
}

/** Whether the rule, its document applying, matches a canonical action. */
export function traceRule(
  rule: CompiledRule,
  attempt: {
    readonly subject: Subject;
    readonly action: Action;
    readonly applies: boolean;
    readonly facts: ConditionFacts;
  },
): Trace {
  const { subject, action, applies, facts } = attempt;
  const family = familyOf(action.verb);
  const heads = rule.heads.filter(({ verb }) => matchesVerb(verb, action.verb));
  const isAbout = heads.some(({ resources }) => {
    const patterns = isFamily(family) ? resources.get(family)?.patterns : [];
    return patterns === undefined || matchesAny(patterns, action.resource);
  });
  if (!applies) return failing("document");
  if (heads.length === 0) return failing("verb");
  if (!isAbout) return failing("resource");
  const who = rule.who?.(subject);
  if (who !== undefined) return failing(who);
  const holds = rule.condition?.holds(facts) ?? true;
  if (typeof holds === "boolean") return holds ? MATCHING : failing("if");
  const isMatch = rule.effect !== "allow";
  return { failed: isMatch ? undefined : "if", error: holds.error };
}

const MATCHING: Trace = { failed: undefined, error: undefined };

function failing(failed: RulePart): Trace {
  return { failed, error: undefined };
}
