/** What publishing a draft would say, without publishing it. */
import { hasErrors } from "@yolo/policy/issue";
import { z } from "zod";
import { query } from "../verb.ts";
import { draftField, findDraft } from "./draft.ts";
import { lintDraft } from "./lint-text.ts";

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
  output: z.strictObject({ publishable: z.boolean(), issues: z.array(Issue) }),
  async run(scope, { draft }) {
    const issues = await lintDraft(scope, await findDraft(scope, draft));
    return { publishable: !hasErrors(issues), issues: issues.map((issue) => ({ ...issue })) };
  },
});
