/** Runs the tests that stand in policies, each under its own layer and those above it, with a draft among them. */
import { EFFECTS } from "@yolo/core/decision";
import { encodeId } from "@yolo/core/ids";
import { z } from "zod";
import { shownId } from "../fields.ts";
import { query } from "../verb.ts";
import { draftField, findDraft } from "./draft.ts";
import { policyLayer } from "./policy.ts";
import { NEW_DRAFT, readStack } from "./stack.ts";
import { isBlocking, runStackTests } from "./stack-tests.ts";

const input = z.strictObject({
  /** Left out: every test of the policies in force. */
  draft: draftField.optional(),
});

const Test = z.strictObject({
  name: z.string(),
  /** Null: a draft that is no policy yet. */
  policyId: shownId("policy").nullable(),
  policyName: z.string(),
  layer: policyLayer,
  isDraft: z.boolean(),
  /** Where in its policy's text it says what it expects. */
  line: z.int(),
  column: z.int(),
  passed: z.boolean(),
  /** Whether its failure keeps the draft from being published. */
  blocks: z.boolean(),
  effect: z.enum(EFFECTS),
  message: z.string(),
});

const output = z.strictObject({
  passed: z.int(),
  failed: z.int(),
  tests: z.array(Test),
  /** Policies of lower layers whose tests were not run because there are too many. */
  policiesLeftOut: z.int(),
});

/** Throws `not_found` for what the draft names; `policy_invalid` when a policy cannot be read. */
export const testPolicies = query({
  name: "policy.test",
  permission: "policies:read",
  input,
  output,
  async run(scope, { draft }) {
    const { transaction, orgId } = scope;
    const found = draft && (await findDraft(scope, draft));
    const stack = await readStack(transaction, orgId, found);
    const { tests, policiesLeftOut } = runStackTests(stack);
    const passed = tests.filter((test) => test.passed).length;
    const shown = tests.map((test) => {
      const { policy, place, decision } = test;
      const isNew = policy.policyId === NEW_DRAFT;
      return {
        ...{ name: test.name, policyId: isNew ? null : encodeId("policy", policy.policyId) },
        ...{ policyName: policy.name, layer: policy.layer, isDraft: policy.isDraft },
        ...{ line: place.line, column: place.column, passed: test.passed },
        blocks: !test.passed && isBlocking(test, stack),
        ...{ effect: decision.effect, message: test.message },
      };
    });
    return { passed, failed: tests.length - passed, tests: shown, policiesLeftOut };
  },
});
