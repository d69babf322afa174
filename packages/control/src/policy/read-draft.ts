/** What is being written on a policy: the member's own draft with its text, that others write too, and what is in force. */
import { AppError } from "@yolo/core/errors";
import type { PolicyDraft as Row } from "@yolo/store/generated/prisma/client";
import { z } from "zod";
import { idField } from "../fields.ts";
import { query, type Scope } from "../verb.ts";
import { findPolicy } from "./find.ts";
import { memberNames } from "./member-names.ts";
import { PolicyVersion, showPolicyVersion } from "./policy.ts";
import { isKept, PolicyDraft, PolicyDraftWithText, showDraft } from "./policy-draft.ts";
import { readVersion } from "./read-version.ts";

const input = z.strictObject({
  id: idField("policy"),
  /** Whose draft; left out: one's own. */
  memberId: idField("member").optional(),
});

const output = z.strictObject({
  draft: PolicyDraftWithText.nullable(),
  /** To be sent with the first save; counts on where a draft was thrown away. */
  revision: z.int(),
  /** Who else is writing. */
  others: z.array(PolicyDraft),
  /** The version in force. */
  published: PolicyVersion,
});

/** Throws `not_found` for the policy, and for a member who is not writing on it. */
export const readPolicyDraft = query({
  name: "policy.read-draft",
  permission: "policies:read",
  input,
  output,
  async run(scope, { id, memberId: asked }) {
    const { transaction, orgId, actor } = scope;
    const policy = await findPolicy(scope, id);
    const self = actor.kind === "member" ? actor.memberId : undefined;
    const own = await findDraftOf(scope, id, asked ?? self);
    if (asked !== undefined && (own === null || !isKept(own))) {
      throw new AppError("not_found", { message: "This member is not writing on this policy." });
    }
    const live = await readVersion(scope, id, policy.liveVersion);
    // Whoever has taken everything back is not writing.
    const others = await transaction.policyDraft.findMany({
      where: {
        ...{ orgId, policyId: id, text: { not: null }, NOT: { text: live.text } },
        memberId: { notIn: self ? [self] : [] },
      },
      omit: { text: true },
      orderBy: { savedAt: "desc" },
    });
    const rows = own === null ? others : [own, ...others];
    const names = await memberNames(scope, [live.authorId, ...rows.map((row) => row.memberId)]);
    return {
      draft: own !== null && isKept(own) ? { ...showDraft(own, names), text: own.text } : null,
      revision: own?.revision ?? 0,
      others: others.map((row) => showDraft(row, names)),
      published: showPolicyVersion(live, names),
    };
  },
});

async function findDraftOf(
  { transaction, orgId }: Scope,
  policyId: string,
  memberId: string | undefined,
): Promise<Row | null> {
  if (memberId === undefined) return null;
  return transaction.policyDraft.findUnique({
    where: { orgId_policyId_memberId: { orgId, policyId, memberId } },
  });
}
