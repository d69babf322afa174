/** Takes a policy out of force for good; its versions stay, since what is on record names them. */
import { z } from "zod";
import { idField } from "../fields.ts";
import { requirePermission } from "../permissions.ts";
import { verb } from "../verb.ts";
import { findPolicy } from "./find.ts";
import { Policy, showPolicy } from "./policy.ts";

/** Doing it again changes nothing. Throws `not_found`; `forbidden` as publishing does. */
export const archivePolicy = verb({
  name: "policy.archive",
  permission: "policies:write",
  input: z.strictObject({ id: idField("policy") }),
  output: Policy,
  async run(scope, { id }) {
    const { transaction, orgId, actor, clock } = scope;
    const before = await findPolicy(scope, id);
    if (before.layer === "org") requirePermission(actor, "policies:write-org");
    if (before.archivedAt !== null) return { result: showPolicy(before), change: null };
    const row = await transaction.policy.update({
      where: { orgId_id: { orgId, id } },
      // An archived policy is on no trial: nothing of it is published any more.
      data: { archivedAt: new Date(clock.now()), trialEndsAt: null },
    });
    const policy = showPolicy(row);
    return {
      result: policy,
      change: {
        subject: policy.id,
        before: { name: before.name, liveVersion: before.liveVersion, archivedAt: null },
        after: { name: before.name, archivedAt: policy.archivedAt },
      },
    };
  },
});
