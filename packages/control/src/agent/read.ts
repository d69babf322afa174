/** An agent with its project, when it was first and last seen, and the sub-agents it has worked through. */
import { encodeId } from "@yolo/core/ids";
import { z } from "zod";
import { idField, showMoment, shownId, shownMoment } from "../fields.ts";
import { query, type Scope } from "../verb.ts";
import { AgentActivity, agentActivity } from "./activity.ts";
import { Agent, showAgent } from "./agent.ts";
import { findAgent } from "./find.ts";

/** Sub-agents are looked for in so many sessions, the latest, and in so many records of each. */
const SESSIONS_LOOKED_AT = 20;
const RECORDS_LOOKED_AT = 500;
const SUBAGENTS_MAX = 50;

const output = Agent.extend({
  ...AgentActivity.shape,
  project: z.strictObject({ id: shownId("project"), slug: z.string(), name: z.string() }),
  /** Null: it has made no call yet. */
  firstSeenAt: shownMoment().nullable(),
  /** Those of its latest 20 sessions, the latest first, at most 50. */
  subagents: z.array(
    z.strictObject({
      name: z.string(),
      /** The sub-agent that started it; null: the agent itself. */
      parent: z.string().nullable(),
      calls: z.int(),
      lastSeenAt: shownMoment(),
    }),
  ),
});

/** Throws `not_found`. */
export const readAgent = query({
  name: "agent.read",
  permission: "agents:read",
  input: z.strictObject({ id: idField("agent") }),
  output,
  async run(scope, { id }) {
    const { transaction, orgId } = scope;
    const row = await findAgent(scope, id);
    const project = await transaction.project.findUniqueOrThrow({
      where: { orgId_id: { orgId, id: row.projectId } },
    });
    const activity = await agentActivity(scope, [id]);
    return {
      ...showAgent(row),
      ...activity(id),
      project: {
        id: encodeId("project", project.id),
        slug: project.slug,
        name: project.name,
      },
      firstSeenAt: showMoment(await firstSeen(scope, id)),
      subagents: await findSubagents(scope, id),
    };
  },
});

/** By its sessions: each begins with its first call. */
async function firstSeen({ transaction, orgId }: Scope, id: string): Promise<Date | null> {
  const { _min } = await transaction.session.aggregate({
    where: { orgId, agentId: id },
    _min: { startedAt: true },
  });
  return _min.startedAt;
}

interface SubagentRow {
  readonly name: string;
  readonly parent: string | null;
  readonly calls: bigint;
  readonly at: Date;
}

async function findSubagents({ transaction, orgId }: Scope, id: string) {
  const rows = await transaction.$queryRaw<SubagentRow[]>`
    SELECT r.subagent AS name, r.parent_subagent AS parent, count(*) AS calls, max(r.at) AS at
    FROM (SELECT s.id FROM org.sessions s WHERE s.org_id = ${orgId}::uuid AND s.agent_id = ${id}::uuid
          ORDER BY s.started_at DESC LIMIT ${SESSIONS_LOOKED_AT}) latest
    CROSS JOIN LATERAL (
      SELECT i.subagent, i.parent_subagent, i.at FROM org.intents i
      WHERE i.org_id = ${orgId}::uuid AND i.session_id = latest.id
      ORDER BY i.id DESC LIMIT ${RECORDS_LOOKED_AT}) r
    WHERE r.subagent IS NOT NULL
    GROUP BY 1, 2 ORDER BY 4 DESC LIMIT ${SUBAGENTS_MAX}`;
  return rows.map(({ name, parent, calls, at }) => ({
    ...{ name, parent, calls: Number(calls) },
    lastSeenAt: showMoment(at),
  }));
}
