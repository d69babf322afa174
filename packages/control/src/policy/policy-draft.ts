/** What a member is writing as the next version of a policy: kept on the server, one per policy and member. */
import { AppError } from "@yolo/core/errors";
import { encodeId } from "@yolo/core/ids";
import type { PolicyDraft as Row } from "@yolo/store/generated/prisma/client";
import { z } from "zod";
import { showMoment, shownId, shownMoment } from "../fields.ts";
import type { Scope } from "../verb.ts";
import type { MemberNames } from "./member-names.ts";

export const PolicyDraft = z.strictObject({
  memberId: shownId("member"),
  memberName: z.string(),
  /** The version it was written from. */
  base: z.int(),
  /** Counts its saves; send the one you saw with the next save. */
  revision: z.int(),
  savedAt: shownMoment(),
});

export const PolicyDraftWithText = PolicyDraft.extend({ text: z.string() });

/** A row that holds a text. */
export type KeptDraft = Row & { readonly text: string };

export function isKept(row: Row): row is KeptDraft {
  return row.text !== null;
}

export function showDraft(
  row: Omit<Row, "text">,
  names: MemberNames,
): z.output<typeof PolicyDraft> {
  return {
    memberId: encodeId("member", row.memberId),
    memberName: names.get(row.memberId) ?? "",
    ...{ base: row.base, revision: row.revision, savedAt: showMoment(row.savedAt) },
  };
}

/** Drafts belong to members. Throws `forbidden` for the product itself. */
export function requireMemberId({ actor }: Scope): string {
  if (actor.kind === "member") return actor.memberId;
  throw new AppError("forbidden", { message: "A draft belongs to a member." });
}

/** Throws away the member's draft where it says what was just published. */
export async function dropPublishedDraft(
  { transaction, orgId, actor }: Scope,
  policyId: string,
  text: string,
): Promise<void> {
  if (actor.kind !== "member") return;
  await transaction.policyDraft.updateMany({
    where: { orgId, policyId, memberId: actor.memberId, text },
    data: { text: null, revision: { increment: 1 } },
  });
}
