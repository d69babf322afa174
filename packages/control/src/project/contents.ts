/** What stands in projects: the agents that live there and the keys that work. */
import type { z } from "zod";
import type { Scope } from "../verb.ts";
import type { ProjectContents } from "./project.ts";

/** The counts of each of these projects, by its UUID; zeros for one that holds nothing. */
export async function countContents(
  { transaction, orgId, clock }: Scope,
  projects: readonly string[],
): Promise<(project: string) => z.output<typeof ProjectContents>> {
  const rows = await transaction.$queryRaw<{ id: string; agents: bigint; keys: bigint }[]>`
    SELECT a.project_id AS id, count(DISTINCT a.id) AS agents, count(k.id) AS keys
    FROM org.agents a
    LEFT JOIN org.agent_keys k ON k.org_id = a.org_id AND k.agent_id = a.id AND k.revoked_at IS NULL
      AND (k.expires_at IS NULL OR k.expires_at > ${new Date(clock.now())})
    WHERE a.org_id = ${orgId}::uuid AND a.project_id = ANY (${projects}::uuid[]) AND a.archived_at IS NULL
    GROUP BY a.project_id`;
  const counts = new Map(
    rows.map(({ id, agents, keys }) => [id, { agents: Number(agents), keys: Number(keys) }]),
  );
  return (project) => counts.get(project) ?? { agents: 0, keys: 0 };
}
