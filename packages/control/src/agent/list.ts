/** The org's agents by name, archived ones included; of one project where asked. */
import { z } from "zod";
import { idField, limitField } from "../fields.ts";
import { pageOf } from "../page.ts";
import { query } from "../verb.ts";
import { Agent, showAgent } from "./agent.ts";

const input = z.strictObject({
  project: idField("project").optional(),
  limit: limitField(200),
  /** Only those that come after this one. */
  before: idField("agent").optional(),
});

export const listAgents = query({
  name: "agent.list",
  permission: "agents:read",
  input,
  output: z.strictObject({ data: z.array(Agent), nextBefore: Agent.shape.id.nullable() }),
  async run({ transaction, orgId }, { project, limit, before }) {
    const rows = await transaction.agent.findMany({
      where: { orgId, ...(project !== undefined && { projectId: project }) },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      take: limit + 1,
      ...(before !== undefined && { cursor: { orgId_id: { orgId, id: before } }, skip: 1 }),
    });
    return pageOf(rows.map(showAgent), limit);
  },
});
