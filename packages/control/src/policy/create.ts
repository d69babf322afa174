/** Creates a policy and publishes its first version. */
import { newId } from "@yolo/core/ids";
import { z } from "zod";
import { findLiveAgent } from "../agent/find.ts";
import { idField, line, nameField } from "../fields.ts";
import { findLiveProject } from "../project/find-live.ts";
import { type Scope, verb } from "../verb.ts";
import { lintText, PolicyWarning, policyText } from "./lint-text.ts";
import { Policy, PolicyVersion, showPolicy, showPolicyVersion } from "./policy.ts";
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
    const warnings = lintText(fields.text);
    const { transaction, orgId } = scope;
    const { name, layer, text, message } = fields;
    const place = await findPlace(scope, fields);
    const row = await transaction.policy.create({
      data: { orgId, id: newId(), name, layer, ...place },
    });
    const version = await publishVersion(scope, row, { base: 0, text, message });
    const policy = { ...showPolicy(row), liveVersion: version.version };
    const published = showPolicyVersion(version);
    return {
      result: { ...policy, published, warnings },
      change: { subject: policy.id, before: null, after: { ...policy, published } },
    };
  },
});

async function findPlace(
  scope: Scope,
  fields: z.output<typeof input>,
): Promise<{ projectId?: string; agentId?: string }> {
  switch (fields.layer) {
    case "org":
      return {};
    case "project":
      return { projectId: (await findLiveProject(scope, fields.projectId)).id };
    case "agent":
      return { agentId: (await findLiveAgent(scope, fields.agentId)).id };
  }
}
