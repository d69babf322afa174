/** The org's agents by name, archived ones included, with their keys and when they were seen; of one project where asked. */
import { z } from "zod";
import { idField, limitField } from "../fields.ts";
import { pageOf } from "../page.ts";
import { query } from "../verb.ts";
import { AgentActivity, agentActivity } from "./activity.ts";
import { Agent, showAgent } from "./agent.ts";

const input = z.strictObject({
  project: idField("project").optional(),
  limit: limitField(200),
  /** Only those that come after this one. */
  before: idField("agent").optional(),
});

const item = Agent.extend(AgentActivity.shape);

export const listAgents = query({
  name: "agent.list",
  permission: "agents:read",
  input,
  output: z.strictObject({ data: z.array(item), nextBefore: Agent.shape.id.nullable() }),
  async run(scope, { project, limit, before }) {
    const { transaction, orgId } = scope;
    const rows = await transaction.agent.findMany({
      where: { orgId, ...(project !== undefined && { projectId: project }) },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      take: limit + 1,
      ...(before !== undefined && { cursor: { orgId_id: { orgId, id: before } }, skip: 1 }),
    });
    const activity = await agentActivity(
      scope,
      rows.map(({ id }) => id),
    );
    return pageOf(
      rows.map((row) => ({ ...showAgent(row), ...activity(row.id) })),
      limit,
    );
  },
});
