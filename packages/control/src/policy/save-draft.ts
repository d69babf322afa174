/** Saves what the member is writing, unless they have saved something else elsewhere meanwhile. */
import { AppError } from "@yolo/core/errors";
import { z } from "zod";
import { idField } from "../fields.ts";
import { verb } from "../verb.ts";
import { findLivePolicy } from "./find.ts";
import { draftText } from "./lint-text.ts";
import { memberNames } from "./member-names.ts";
import { PolicyDraft, requireMemberId, showDraft } from "./policy-draft.ts";
import { readVersion } from "./read-version.ts";

const input = z.strictObject({
  id: idField("policy"),
  /** The published version that the text was written from. */
  base: z.int().min(1),
  /** Of the draft as you last saw it; 0: there was none. */
  revision: z.int().min(0),
  text: draftText,
});

/**
 * A draft may have errors and decides nothing, so it is not a change on record; it is each member's own.
 * Throws `conflict` with `facts.revision` when the draft was saved elsewhere meanwhile; `not_found` for the policy
 * and the base.
 */
export const savePolicyDraft = verb({
  name: "policy.save-draft",
  permission: "policies:write",
  input,
  output: PolicyDraft,
  async run(scope, { id, base, revision, text }) {
    const { transaction, orgId, clock } = scope;
    const memberId = requireMemberId(scope);
    await findLivePolicy(scope, id);
    await readVersion(scope, id, base);
    const key = { orgId, policyId: id, memberId };
    // The row of a draft that was never saved: made by whoever comes first, so that the comparison below decides.
    await transaction.policyDraft.createMany({
      data: { ...key, base, revision: 0, savedAt: new Date(clock.now()) },
      skipDuplicates: true,
    });
    const { count } = await transaction.policyDraft.updateMany({
      where: { ...key, revision },
      data: { base, text, revision: revision + 1, savedAt: new Date(clock.now()) },
    });
    const row = await transaction.policyDraft.findUniqueOrThrow({
      where: { orgId_policyId_memberId: key },
    });
    if (count === 0) {
      throw new AppError("conflict", {
        message: "You have saved this draft elsewhere meanwhile. Compare the two and choose.",
        facts: { revision: row.revision },
      });
    }
    const names = await memberNames(scope, [memberId]);
    return { result: showDraft(row, names), change: null };
  },
});
