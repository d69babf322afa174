/** What an agent may do: each verb and resource that its policies speak of, with the decision and the line that makes it. */
import { EFFECTS } from "@yolo/core/decision";
import { previewPolicy } from "@yolo/policy/preview";
import { z } from "zod";
import { query } from "../verb.ts";
import { draftField, findDraft } from "./draft.ts";
import { ShownRule, showRule } from "./shown-rule.ts";
import { appliesAt, readStack } from "./stack.ts";
import { findSubject, subjectFields } from "./subject.ts";

const input = z.strictObject({ ...subjectFields, draft: draftField.optional() });

const effect = z.enum(EFFECTS);

const Row = z.strictObject({
  verb: z.string(),
  resource: z.string(),
  effect,
  would: effect,
  explanation: z.string(),
  rules: z.array(ShownRule),
  /** Rules with a condition that may decide otherwise. */
  conditional: z.array(ShownRule),
});

/** Throws `not_found`; `policy_invalid` for a draft with errors. */
export const previewAgent = query({
  name: "policy.preview",
  permission: "policies:read",
  input,
  output: z.strictObject({ data: z.array(Row) }),
  async run(scope, { draft, ...who }) {
    const { subject, place } = await findSubject(scope, who);
    const found = draft && (await findDraft(scope, draft));
    const stack = appliesAt(await readStack(scope.transaction, scope.orgId, found), place);
    const data = previewPolicy(stack, subject).map(({ verb, resource, decision, conditional }) => ({
      ...{ verb, resource, effect: decision.effect, would: decision.would },
      explanation: decision.explanation,
      rules: decision.rules.map((rule) => showRule(rule, stack)),
      conditional: conditional.map((rule) => showRule(rule, stack)),
    }));
    return { data };
  },
});
