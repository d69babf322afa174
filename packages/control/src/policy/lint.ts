/** What publishing a draft would say, without publishing it. */
import { hasErrors } from "@yolo/policy/issue";
import { MODE_WORDS, modeOf } from "@yolo/policy/mode-of";
import { z } from "zod";
import { query } from "../verb.ts";
import { draftField, findDraft } from "./draft.ts";
import { issuesOfText, lintDraft } from "./lint-text.ts";

const Issue = z.strictObject({
  /** An error refuses to publish; a warning is shown, to be acknowledged. */
  severity: z.enum(["error", "warning"]),
  code: z.string(),
  message: z.string(),
  /** From 1; the end is exclusive. */
  line: z.int(),
  column: z.int(),
  endLine: z.int(),
  endColumn: z.int(),
});

/** Throws `not_found` for what the draft names. */
export const lintPolicyDraft = query({
  name: "policy.lint",
  permission: "policies:read",
  input: z.strictObject({ draft: draftField }),
  output: z.strictObject({
    publishable: z.boolean(),
    /** The mode that the text states; null: it has errors. */
    mode: z.enum(MODE_WORDS).nullable(),
    issues: z.array(Issue),
  }),
  async run(scope, { draft }) {
    const issues = await lintDraft(scope, await findDraft(scope, draft));
    const publishable = !hasErrors(issues);
    const mode = issuesOfText(draft.text).some(({ severity }) => severity === "error")
      ? null
      : modeOf(draft.text);
    return { publishable, mode, issues: issues.map((issue) => ({ ...issue })) };
  },
});
