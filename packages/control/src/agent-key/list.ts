/** The org's agent keys, newest first, revoked ones included; of one agent where asked. */
import { z } from "zod";
import { idField } from "../fields.ts";
import { query } from "../verb.ts";
import { AgentKey, showAgentKey } from "./agent-key.ts";

export const listAgentKeys = query({
  name: "agent-key.list",
  permission: "agent-keys:read",
  input: z.strictObject({ agent: idField("agent").optional() }),
  output: z.strictObject({ data: z.array(AgentKey) }),
  async run({ transaction, orgId }, { agent }) {
    const rows = await transaction.agentKey.findMany({
      where: { orgId, ...(agent !== undefined && { agentId: agent }) },
      orderBy: { id: "desc" },
    });
    return { data: rows.map(showAgentKey) };
  },
});
