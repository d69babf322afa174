/** Why an attempt would be decided as it is, and why not otherwise: every rule with the part that does not hold. */

import type { Verb } from "@yolo/core/action";
import { EFFECTS } from "@yolo/core/decision";
import { AppError } from "@yolo/core/errors";
import { type ExplainedStep, explainAction } from "@yolo/policy/explain";
import { readConcreteVerb, verbOf } from "@yolo/policy/verb";
import { z } from "zod";
import { jsonField, line, momentField } from "../fields.ts";
import { query } from "../verb.ts";
import { draftField, findDraft } from "./draft.ts";
import { ShownRule, showRule } from "./shown-rule.ts";
import { appliesAt, readStack, type StackPolicy } from "./stack.ts";
import { findSubject, subjectFields } from "./subject.ts";

const facts = z.record(z.string(), jsonField()).default({});

const input = z.strictObject({
  ...subjectFields,
  action: z.strictObject({ verb: line(200), resource: line(32_768), args: facts, facts }),
  /** Left out: now. */
  at: momentField().optional(),
  draft: draftField.optional(),
});

const effect = z.enum(EFFECTS);

const Step = z.strictObject({
  /** In the one spelling that is compared; a special verb is followed by its general one. */
  verb: z.string(),
  resource: z.string(),
  /** Those that match first, then the nearer ones; at most fifty. */
  rules: z.array(
    ShownRule.extend({
      text: z.string(),
      /** The first part that does not hold; null: the rule matches. */
      failed: z.string().nullable(),
      /** Why its condition could not be evaluated. */
      error: z.string().nullable(),
      isEnforced: z.boolean(),
      isBoundary: z.boolean(),
    }),
  ),
});

const output = z.strictObject({
  effect,
  would: effect,
  explanation: z.string(),
  rules: z.array(ShownRule),
  wouldRules: z.array(ShownRule),
  labels: z.array(z.string()),
  steps: z.array(Step),
});

const RULES_MAX = 50;

/** Throws `not_found`, `policy_invalid` for a draft with errors, `invalid_input` for what is no verb. */
export const explainPolicy = query({
  name: "policy.explain",
  permission: "policies:read",
  input,
  output,
  async run(scope, { action, at, draft, ...who }) {
    const { transaction, orgId, clock } = scope;
    const { subject, place } = await findSubject(scope, who);
    const found = draft && (await findDraft(scope, draft));
    const stack = appliesAt(await readStack(transaction, orgId, found), place);
    const attempt = { ...action, verb: concreteVerb(action.verb) };
    const moment = { now: at?.getTime() ?? clock.now(), usage: {} };
    const { decision, steps } = explainAction(stack, { subject, action: attempt, moment });
    return {
      ...{ effect: decision.effect, would: decision.would, explanation: decision.explanation },
      rules: decision.rules.map((rule) => showRule(rule, stack)),
      wouldRules: decision.wouldRules.map((rule) => showRule(rule, stack)),
      labels: [...decision.labels],
      steps: steps.map((step) => showStep(step, stack)),
    };
  },
});

function concreteVerb(text: string): Verb {
  const result = readConcreteVerb(text);
  if ("verb" in result) return verbOf(result.verb.text);
  throw new AppError("invalid_input", { message: `The verb is not one: ${result.problem}.` });
}

function showStep(
  { action, rules }: ExplainedStep,
  stack: readonly StackPolicy[],
): z.output<typeof Step> {
  return {
    ...{ verb: action.verb, resource: action.resource },
    rules: rules.slice(0, RULES_MAX).map(({ rule, failed = null, error = null, ...rest }) => ({
      ...showRule(rule, stack),
      ...rest,
      ...{ failed, error },
    })),
  };
}
