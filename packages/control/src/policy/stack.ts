/** The policies that apply together: those of the org, of a project and of an agent, and a draft among them. */
import { AppError } from "@yolo/core/errors";
import type { Layer, PolicySource } from "@yolo/policy/compile";
import { Prisma } from "@yolo/store/generated/prisma/client";
import type { OrgTransaction } from "@yolo/store/prisma";
import type { Draft, Place } from "./draft.ts";

/** What a draft is called among published policies as long as it is no policy's next version. */
export const NEW_DRAFT = "draft";

/** A policy as it would be decided under: the version in force, or the draft in its place. */
export interface StackPolicy extends PolicySource, Place {
  readonly name: string;
  readonly isDraft: boolean;
  /** Whether its project or agent is archived: nobody is decided under it any more. */
  readonly isArchived: boolean;
}

export interface PolicyVersionName {
  readonly policyId: string;
  readonly version: number;
}

interface Row extends Place {
  readonly policyId: string;
  readonly name: string;
  readonly layer: Layer;
  readonly version: number;
  readonly text: string;
  readonly isArchived: boolean;
}

const COLUMNS = Prisma.sql`
  p.id AS "policyId", p.name, p.layer, coalesce(p.project_id, a.project_id) AS "projectId", p.agent_id AS "agentId",
  v.version, v.text, a.archived_at IS NOT NULL OR r.archived_at IS NOT NULL AS "isArchived"`;

const PLACES = Prisma.sql`
  LEFT JOIN org.agents a ON a.org_id = p.org_id AND a.id = p.agent_id
  LEFT JOIN org.projects r ON r.org_id = p.org_id AND r.id = coalesce(p.project_id, a.project_id)`;

/**
 * Every policy of the org that is in force, ordered by id, with the draft in the place of the version it would
 * follow, or behind them.
 */
export async function readStack(
  transaction: OrgTransaction,
  orgId: string,
  draft?: Draft,
): Promise<readonly StackPolicy[]> {
  const rows = await transaction.$queryRaw<Row[]>`
    SELECT ${COLUMNS} FROM org.policies p
    JOIN org.policy_versions v ON v.org_id = p.org_id AND v.policy_id = p.id AND v.version = p.live_version
    ${PLACES}
    WHERE p.org_id = ${orgId}::uuid AND p.archived_at IS NULL
    ORDER BY p.id`;
  const policies = rows.map((row) => ({ ...row, isDraft: false }));
  return draft === undefined ? policies : withDraft(policies, draft);
}

/** Published versions by what they are, whatever is in force now, ordered by policy. */
export async function readVersions(
  transaction: OrgTransaction,
  orgId: string,
  versions: readonly PolicyVersionName[],
): Promise<readonly StackPolicy[]> {
  const rows = await transaction.$queryRaw<Row[]>`
    SELECT ${COLUMNS}
    FROM jsonb_to_recordset(${JSON.stringify(versions)}::jsonb) AS n ("policyId" uuid, version integer)
    JOIN org.policies p ON p.org_id = ${orgId}::uuid AND p.id = n."policyId"
    JOIN org.policy_versions v ON v.org_id = p.org_id AND v.policy_id = p.id AND v.version = n.version
    ${PLACES}
    ORDER BY p.id`;
  return rows.map((row) => ({ ...row, isDraft: false }));
}

/** Whether there are calls that both apply to: one stands at the other's place, above it or below. */
export function meet(one: Place, other: Place): boolean {
  return appliesAt([one], other).length > 0 || appliesAt([other], one).length > 0;
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
    const added = { policyId: NEW_DRAFT, name: NEW_DRAFT, version: 1, isDraft: true };
    return [...policies, { ...added, ...place, text, isArchived: false }];
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
