/** A rule as it is named outside. */
import { EFFECTS, type RuleReference } from "@yolo/core/decision";
import { encodeId } from "@yolo/core/ids";
import { z } from "zod";
import { shownId } from "../fields.ts";
import { NEW_DRAFT, type StackPolicy } from "./stack.ts";

export const ShownRule = z.strictObject({
  /** The rule's own id, or `line <n>`. */
  id: z.string(),
  /** Null: a draft that is no policy yet. */
  policyId: shownId("policy").nullable(),
  policyName: z.string(),
  isDraft: z.boolean(),
  version: z.int(),
  line: z.int(),
  effect: z.enum(EFFECTS),
  reason: z.string().optional(),
});

export function showRule(
  { policyId, ...rule }: RuleReference,
  stack: readonly StackPolicy[],
): z.output<typeof ShownRule> {
  const policy = stack.find((one) => one.policyId === policyId);
  return {
    ...rule,
    policyId: policyId === NEW_DRAFT ? null : encodeId("policy", policyId),
    policyName: policy?.name ?? "",
    isDraft: policy?.isDraft ?? false,
  };
}
