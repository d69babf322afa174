/** The policies that apply together: those of the org, of a project and of an agent, and a draft among them. */
import { AppError } from "@yolo/core/errors";
import type { Layer, PolicySource } from "@yolo/policy/compile";
import type { OrgTransaction } from "@yolo/store/prisma";
import type { Draft, Place } from "./draft.ts";

/** What a draft is called among published policies as long as it is no policy's next version. */
export const NEW_DRAFT = "draft";

/** A policy as it would be decided under: the version in force, or the draft in its place. */
export interface StackPolicy extends PolicySource, Place {
  readonly name: string;
  readonly isDraft: boolean;
}

interface Row extends Place {
  readonly policyId: string;
  readonly name: string;
  readonly layer: Layer;
  readonly version: number;
  readonly text: string;
}

/**
 * Every policy of the org that is in force, ordered by id, with the draft in the place of the version it would
 * follow, or behind them. Policies of what is archived are left out.
 */
export async function readStack(
  transaction: OrgTransaction,
  orgId: string,
  draft?: Draft,
): Promise<readonly StackPolicy[]> {
  const rows = await transaction.$queryRaw<Row[]>`
    SELECT p.id AS "policyId", p.name, p.layer, coalesce(p.project_id, a.project_id) AS "projectId",
      p.agent_id AS "agentId", v.version, v.text
    FROM org.policies p
    JOIN org.policy_versions v ON v.org_id = p.org_id AND v.policy_id = p.id AND v.version = p.live_version
    LEFT JOIN org.agents a ON a.org_id = p.org_id AND a.id = p.agent_id
    LEFT JOIN org.projects r ON r.org_id = p.org_id AND r.id = coalesce(p.project_id, a.project_id)
    WHERE p.org_id = ${orgId}::uuid AND a.archived_at IS NULL AND r.archived_at IS NULL
    ORDER BY p.id`;
  const policies = rows.map((row) => ({ ...row, isDraft: false }));
  return draft === undefined ? policies : withDraft(policies, draft);
}

/** What applies at a place: its own layer and those above it. */
export function appliesAt<Policy extends Place>(
  policies: readonly Policy[],
  place: Place,
): readonly Policy[] {
  return policies.filter((policy) => {
    switch (policy.layer) {
      case "org":
        return true;
      case "project":
        return policy.projectId === place.projectId;
      case "agent":
        return policy.agentId === place.agentId;
      default:
        return policy.layer satisfies never;
    }
  });
}

/** The place itself, by which policies at the same place are told together. */
export function placeKey({ layer, projectId, agentId }: Place): string {
  return `${layer} ${agentId ?? projectId ?? ""}`;
}

function withDraft(policies: readonly StackPolicy[], draft: Draft): readonly StackPolicy[] {
  const { policyId, text, layer, projectId, agentId } = draft;
  const place = { layer, projectId, agentId };
  if (policyId === null) {
    const added = { policyId: NEW_DRAFT, name: NEW_DRAFT, version: 1, isDraft: true, text };
    return [...policies, { ...added, ...place }];
  }
  const replaced = policies.find((policy) => policy.policyId === policyId);
  if (replaced === undefined) {
    throw new AppError("internal_error", {
      message: "A stored policy could not be read.",
      detail: `policy ${policyId} has no version in force`,
    });
  }
  const next = { ...replaced, version: replaced.version + 1, text, isDraft: true };
  return policies.map((policy) => (policy === replaced ? next : policy));
}
