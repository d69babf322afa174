/** What must hold of a policy's text before it is published. */
import { AppError } from "@yolo/core/errors";
import type { Issue } from "@yolo/policy/issue";
import { lintPolicy } from "@yolo/policy/lint";
import { z } from "zod";

const LONGEST_TEXT = 256 * 1024;

/** The text of a policy document: YAML. */
export const policyText = z
  .string()
  .min(1)
  .max(LONGEST_TEXT)
  .refine((text) => text.isWellFormed() && !text.includes("\u0000"), "must be storable text");

export const PolicyWarning = z.strictObject({
  line: z.int(),
  column: z.int(),
  code: z.string(),
  message: z.string(),
});

/** The warnings. Throws `policy_invalid` with every error's line and column in `facts.issues`. */
export function lintText(text: string): z.output<typeof PolicyWarning>[] {
  const issues = lintPolicy(text);
  const errors = issues.filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (first !== undefined) {
    const more = errors.length === 1 ? "" : ` (and ${errors.length - 1} more)`;
    throw new AppError("policy_invalid", {
      message: `Line ${first.line}, column ${first.column}: ${first.message}${more}`,
      facts: { issues: errors.map(showIssue) },
    });
  }
  return issues.map(showIssue);
}

function showIssue({ line, column, code, message }: Issue): z.output<typeof PolicyWarning> {
  return { line, column, code, message };
}
