/** What must hold of a policy's text before it is published. */
import { AppError } from "@yolo/core/errors";
import { type Issue, inReadingOrder, warningAt } from "@yolo/policy/issue";
import { lintPolicy } from "@yolo/policy/lint";
import { z } from "zod";
import type { Scope } from "../verb.ts";
import type { Draft } from "./draft.ts";
import { readStack, type StackPolicy } from "./stack.ts";
import { isBlocking, runStackTests, type StackTest } from "./stack-tests.ts";

const LONGEST_TEXT = 256 * 1024;

/** What may become the text of a policy; nothing at all too. */
export const draftText = z
  .string()
  .max(LONGEST_TEXT)
  .refine((text) => text.isWellFormed() && !text.includes("\u0000"), "must be storable text");

/** The text of a policy document: YAML. */
export const policyText = draftText.min(1);

export const PolicyWarning = z.strictObject({
  line: z.int(),
  column: z.int(),
  code: z.string(),
  message: z.string(),
});

/** The code under which `lintPolicy` tells a failing test. */
const TEST_FAILED = "test_failed";
const WHOLE_TEXT = { line: 1, column: 1, endLine: 1, endColumn: 2 };

/**
 * Every issue of the draft in reading order: syntax, schema and meaning, and what becomes of the tests of its own
 * place and below when the whole stack is as it would be. Failing tests of lower layers are warnings.
 */
export async function lintDraft(scope: Scope, draft: Draft): Promise<readonly Issue[]> {
  // Its own tests are judged below, beside the layers it would stand with.
  const issues = issuesOfText(draft.text);
  if (issues.some(({ severity }) => severity === "error")) return issues;
  const stack = await readStack(scope.transaction, scope.orgId, draft);
  const { tests, policiesLeftOut } = runStackTests(stack);
  const failed = tests.filter(({ passed }) => !passed);
  const told = failed.map((test) => testIssue(test, stack));
  if (policiesLeftOut > 0) {
    const message = `the tests of ${policiesLeftOut} policies of lower layers were not run: there are too many`;
    told.push(warningAt(WHOLE_TEXT, "tests_not_run", message));
  }
  return inReadingOrder([...issues, ...told]);
}

/** The issues that the text has by itself, whatever it would stand beside. */
export function issuesOfText(text: string): readonly Issue[] {
  return lintPolicy(text).filter(({ code }) => code !== TEST_FAILED);
}

/** The warnings. Throws `policy_invalid` with every error's line and column in `facts.issues`. */
export async function requirePublishable(
  scope: Scope,
  draft: Draft,
): Promise<z.output<typeof PolicyWarning>[]> {
  const issues = await lintDraft(scope, draft);
  refuseErrors(issues);
  return issues.map(showIssue);
}

/** Throws `policy_invalid` when one of the issues is an error. */
export function refuseErrors(issues: readonly Issue[]): void {
  const errors = issues.filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (first === undefined) return;
  const more = errors.length === 1 ? "" : ` (and ${errors.length - 1} more)`;
  throw new AppError("policy_invalid", {
    message: `Line ${first.line}, column ${first.column}: ${first.message}${more}`,
    facts: { issues: errors.map(showIssue) },
  });
}

function testIssue(test: StackTest, stack: readonly StackPolicy[]): Issue {
  const { policy, place, message } = test;
  const severity = isBlocking(test, stack) ? "error" : "warning";
  if (policy.isDraft) return { ...place, severity, code: TEST_FAILED, message };
  const where = `policy \`${policy.name}\`, line ${place.line}`;
  return { ...WHOLE_TEXT, severity, code: TEST_FAILED, message: `${where}: ${message}` };
}

function showIssue({ line, column, code, message }: Issue): z.output<typeof PolicyWarning> {
  return { line, column, code, message };
}
