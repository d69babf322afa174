/** Throws away what the member was writing. */
import { z } from "zod";
import { idField } from "../fields.ts";
import { verb } from "../verb.ts";
import { findPolicy } from "./find.ts";
import { requireMemberId } from "./policy-draft.ts";

/** Doing it again changes nothing. A draft decides nothing, so it is not a change on record. Throws `not_found`. */
export const discardPolicyDraft = verb({
  name: "policy.discard-draft",
  permission: "policies:write",
  input: z.strictObject({ id: idField("policy") }),
  output: z.strictObject({ discarded: z.boolean() }),
  async run(scope, { id }) {
    const { transaction, orgId } = scope;
    const memberId = requireMemberId(scope);
    await findPolicy(scope, id);
    const { count } = await transaction.policyDraft.updateMany({
      where: { orgId, policyId: id, memberId, text: { not: null } },
      data: { text: null, revision: { increment: 1 } },
    });
    return { result: { discarded: count > 0 }, change: null };
  },
});
