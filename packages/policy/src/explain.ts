/** Why an action is decided as it is, and why not otherwise: every rule with the part of it that does not hold. */
import type { Action } from "@yolo/core/action";
import type { Decision, RuleReference } from "@yolo/core/decision";
import { type PolicySource, resolveSources } from "./compile.ts";
import { compileDocuments } from "./compile-documents.ts";
import { ConditionFacts } from "./condition-facts.ts";
import { createEngine, type Moment, type Subject } from "./engine.ts";
import { ruleText } from "./explanation.ts";
import { labelsOf } from "./labels.ts";
import { PARTS, type RulePart, traceRule } from "./rule-trace.ts";
import { Selector } from "./selection.ts";
import { canonicalAction, generalVerb } from "./verb.ts";

export interface Explanation {
  readonly decision: Decision;
  /** The action in its one spelling and, for a special verb, its general one; empty where it cannot be read. */
  readonly steps: readonly ExplainedStep[];
}

export interface ExplainedStep {
  readonly action: Action;
  /** Every rule; those that match first, then the nearer ones. */
  readonly rules: readonly ExplainedRule[];
}

export interface ExplainedRule {
  readonly rule: RuleReference;
  /** The rule in one line: `allow git:push on github.com/acme/**`. */
  readonly text: string;
  /** The first part that does not hold; `undefined`: the rule matches. */
  readonly failed: RulePart | undefined;
  /** Why the condition could not be evaluated: a deny and an approve match nevertheless. */
  readonly error: string | undefined;
  /** Whether the rule counts in what is enforced. */
  readonly isEnforced: boolean;
  readonly isBoundary: boolean;
}

/** Throws `policy_invalid` like `compilePolicy`. */
export function explainAction(
  sources: readonly PolicySource[],
  attempt: { readonly subject: Subject; readonly action: Action; readonly moment: Moment },
): Explanation {
  const { subject, moment } = attempt;
  const compiled = compileDocuments(resolveSources(sources));
  const decision = createEngine(compiled).decide(subject, attempt.action, moment);
  const canonical = canonicalAction(attempt.action);
  if ("problem" in canonical) return { decision, steps: [] };
  const { action } = canonical;
  const general = generalVerb(action.verb);
  const actions = general === undefined ? [action] : [action, { ...action, verb: general }];
  const selection = new Selector(compiled.documents).select(subject);
  const steps = actions.map((step) => {
    const labels = labelsOf({ action: step, documents: compiled.documents, selection });
    const facts = new ConditionFacts({ subject, action: step, labels, moment });
    const rules = compiled.rules.map((rule): ExplainedRule => {
      const applies = selection.applies[rule.document.index] ?? false;
      return {
        rule: rule.reference,
        text: ruleText(rule),
        ...traceRule(rule, { subject, action: step, applies, facts }),
        isEnforced: rule.isEnforced,
        isBoundary: rule.document.group > 0,
      };
    });
    return { action: step, rules: rules.toSorted((a, b) => nearness(b) - nearness(a)) };
  });
  return { decision, steps };
}

function nearness({ failed }: ExplainedRule): number {
  return failed === undefined ? PARTS.length : PARTS.indexOf(failed);
}
