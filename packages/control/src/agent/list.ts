/** The org's agents, by name; of one project where asked. */
import { z } from "zod";
import { idField } from "../fields.ts";
import { query } from "../verb.ts";
import { Agent, showAgent } from "./agent.ts";

export const listAgents = query({
  name: "agent.list",
  permission: "agents:read",
  input: z.strictObject({ project: idField("project").optional() }),
  output: z.strictObject({ data: z.array(Agent) }),
  async run({ transaction, orgId }, { project }) {
    const rows = await transaction.agent.findMany({
      where: { orgId, ...(project !== undefined && { projectId: project }) },
      orderBy: [{ name: "asc" }, { id: "asc" }],
    });
    return { data: rows.map(showAgent) };
  },
});
