/** Gives a policy another name; versions, drafts and links stay. */
import { z } from "zod";
import { idField, nameField } from "../fields.ts";
import { requirePermission } from "../permissions.ts";
import { verb } from "../verb.ts";
import { findLivePolicy } from "./find.ts";
import { Policy, showPolicy } from "./policy.ts";

/** Throws `not_found`; `conflict` when the name is taken or the policy archived; `forbidden` as publishing does. */
export const renamePolicy = verb({
  name: "policy.rename",
  permission: "policies:write",
  input: z.strictObject({ id: idField("policy"), name: nameField() }),
  output: Policy,
  taken: "A policy with this name exists already.",
  async run(scope, { id, name }) {
    const { transaction, orgId, actor } = scope;
    const before = await findLivePolicy(scope, id);
    if (before.layer === "org") requirePermission(actor, "policies:write-org");
    if (before.name === name) return { result: showPolicy(before), change: null };
    const row = await transaction.policy.update({
      where: { orgId_id: { orgId, id } },
      data: { name },
    });
    const policy = showPolicy(row);
    return {
      result: policy,
      change: { subject: policy.id, before: { name: before.name }, after: { name } },
    };
  },
});
