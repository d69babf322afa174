/** A text that is not published: what it says, where it would stand, and which policy it would be the next version of. */
import { AppError } from "@yolo/core/errors";
import type { Layer } from "@yolo/policy/compile";
import { z } from "zod";
import { findLiveAgent } from "../agent/find.ts";
import { idField } from "../fields.ts";
import { findLiveProject } from "../project/find-live.ts";
import type { Scope } from "../verb.ts";
import { findLivePolicy } from "./find.ts";
import { policyText } from "./lint-text.ts";
import { policyLayer } from "./policy.ts";

/** Where a policy stands; an agent's policy names the agent's project too. */
export interface Place {
  readonly layer: Layer;
  readonly projectId: string | null;
  readonly agentId: string | null;
}

export interface Draft extends Place {
  /** The policy that it would be the next version of; null: a new policy. */
  readonly policyId: string | null;
  readonly text: string;
}

/** At most one id: the policy to change, or the project or agent of a new one; none: a new one of the org. */
export const draftField = z
  .strictObject({
    text: policyText,
    policyId: idField("policy").optional(),
    projectId: idField("project").optional(),
    agentId: idField("agent").optional(),
  })
  .refine(
    ({ policyId, projectId, agentId }) =>
      [policyId, projectId, agentId].filter((id) => id !== undefined).length <= 1,
    "takes at most one of policyId, projectId and agentId",
  )
  .meta({
    description:
      "A text and where it would stand: `policyId` (its next version), `projectId` or `agentId` (a new policy there), or none of them (a new policy of the org).",
  });

/** Throws `not_found` for the id it names, `conflict` when that policy, project or agent is archived. */
export async function findDraft(
  scope: Scope,
  { text, policyId, projectId, agentId }: z.output<typeof draftField>,
): Promise<Draft> {
  if (policyId !== undefined) {
    const policy = await findLivePolicy(scope, policyId);
    const layer = policyLayer.parse(policy.layer);
    return { ...(await placeAt(scope, { ...policy, layer })), policyId, text };
  }
  const layer = agentId !== undefined ? "agent" : projectId !== undefined ? "project" : "org";
  const named = { layer, projectId: projectId ?? null, agentId: agentId ?? null } as const;
  return { ...(await placeAt(scope, named)), policyId: null, text };
}

/** The same place with the agent's project. Throws `not_found`, or `conflict` when it is archived. */
export async function placeAt(scope: Scope, { layer, projectId, agentId }: Place): Promise<Place> {
  if (layer === "agent" && agentId !== null) {
    const agent = await findLiveAgent(scope, agentId);
    return { layer, projectId: agent.projectId, agentId };
  }
  if (layer === "project" && projectId !== null) {
    return { layer, projectId: (await findLiveProject(scope, projectId)).id, agentId: null };
  }
  if (layer === "org") return { layer, projectId: null, agentId: null };
  throw new AppError("internal_error", {
    message: "A stored policy could not be read.",
    detail: `a policy of layer ${layer} names neither its project nor its agent`,
  });
}
