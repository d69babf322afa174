/** The org's policies, by name, without their texts: where each stands, what is in force and since when. */
import { MODE_WORDS, modeOf } from "@yolo/policy/mode-of";
import { z } from "zod";
import { query, type Scope } from "../verb.ts";
import { memberNames } from "./member-names.ts";
import { Policy, PolicyVersion, showPolicy, showPolicyVersion } from "./policy.ts";
import { readStack } from "./stack.ts";

const Listed = Policy.extend({
  mode: z.enum(MODE_WORDS),
  published: PolicyVersion,
  /** The project, or the agent's project; null: the whole org. */
  projectName: z.string().nullable(),
  agentName: z.string().nullable(),
});

/** Archived ones are left out. */
export const listPolicies = query({
  name: "policy.list",
  permission: "policies:read",
  input: z.strictObject({}),
  output: z.strictObject({ data: z.array(Listed) }),
  async run(scope) {
    const { transaction, orgId } = scope;
    const stack = await readStack(transaction, orgId);
    const texts = new Map(stack.map(({ policyId, text }) => [policyId, text]));
    const rows = await transaction.policy.findMany({
      where: { orgId, archivedAt: null },
      include: {
        project: { select: { name: true } },
        agent: { select: { name: true, project: { select: { name: true } } } },
      },
      orderBy: { name: "asc" },
    });
    const versions = await liveVersions(scope, rows);
    const names = await memberNames(
      scope,
      [...versions.values()].map(({ authorId }) => authorId),
    );
    const data = rows.flatMap(({ project, agent, ...row }) => {
      const version = versions.get(row.id);
      if (version === undefined) return [];
      return {
        ...showPolicy(row),
        mode: modeOf(texts.get(row.id) ?? ""),
        published: showPolicyVersion(version, names),
        projectName: project?.name ?? agent?.project.name ?? null,
        agentName: agent?.name ?? null,
      };
    });
    return { data };
  },
});

async function liveVersions(
  { transaction, orgId }: Scope,
  policies: readonly { readonly id: string; readonly liveVersion: number }[],
) {
  const rows = await transaction.policyVersion.findMany({
    where: {
      orgId,
      OR: policies.map(({ id, liveVersion }) => ({ policyId: id, version: liveVersion })),
    },
    omit: { text: true },
  });
  return new Map(rows.map((row) => [row.policyId, row]));
}
