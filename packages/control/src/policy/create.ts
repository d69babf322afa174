/** Creates a policy and publishes its first version. */
import { newId } from "@yolo/core/ids";
import { z } from "zod";
import { idField, line, nameField } from "../fields.ts";
import { verb } from "../verb.ts";
import { type Place, placeAt } from "./draft.ts";
import { PolicyWarning, policyText, requirePublishable } from "./lint-text.ts";
import { Policy, PolicyVersion, showPolicy, showPublished } from "./policy.ts";
import { publishVersion } from "./publish-version.ts";

const shared = { name: nameField(), text: policyText, message: line(500).default("First version") };

const input = z.discriminatedUnion("layer", [
  z.strictObject({ ...shared, layer: z.literal("org") }),
  z.strictObject({ ...shared, layer: z.literal("project"), projectId: idField("project") }),
  z.strictObject({ ...shared, layer: z.literal("agent"), agentId: idField("agent") }),
]);

const output = Policy.extend({ published: PolicyVersion, warnings: z.array(PolicyWarning) });

/** Throws `policy_invalid`; `conflict` when the name is taken; `not_found` for project and agent. */
export const createPolicy = verb({
  name: "policy.create",
  permission: "policies:write",
  input,
  output,
  taken: "A policy with this name exists already.",
  async run(scope, fields) {
    const { transaction, orgId } = scope;
    const { name, layer, text, message } = fields;
    const place = await placeAt(scope, placeOf(fields));
    const warnings = await requirePublishable(scope, { ...place, policyId: null, text });
    const { projectId, agentId } = placeOf(fields);
    const row = await transaction.policy.create({
      data: { orgId, id: newId(), name, layer, projectId, agentId },
    });
    const version = await publishVersion(scope, row, { base: 0, text, message });
    const policy = { ...showPolicy(row), liveVersion: version.version };
    const published = await showPublished(scope, version);
    return {
      result: { ...policy, published, warnings },
      change: { subject: policy.id, before: null, after: { ...policy, published } },
    };
  },
});

/** As the policy's row says it: an agent's policy names the agent alone. */
function placeOf(fields: z.output<typeof input>): Place {
  const { layer } = fields;
  return {
    layer,
    projectId: fields.layer === "project" ? fields.projectId : null,
    agentId: fields.layer === "agent" ? fields.agentId : null,
  };
}
