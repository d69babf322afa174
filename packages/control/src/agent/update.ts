/** Renames an agent. Rules that name it by `who.agent` mean the new name from then on. */
import { z } from "zod";
import { idField, slugField } from "../fields.ts";
import { verb } from "../verb.ts";
import { Agent, showAgent } from "./agent.ts";
import { findLiveAgent } from "./find.ts";

/** The same name changes nothing. Throws `not_found`, or `conflict` when it is archived or the name is taken. */
export const updateAgent = verb({
  name: "agent.update",
  permission: "agents:write",
  input: z.strictObject({ id: idField("agent"), name: slugField() }),
  output: Agent,
  taken: "An agent with this name exists already in the project.",
  async run(scope, { id, name }) {
    const { transaction, orgId } = scope;
    const row = await findLiveAgent(scope, id);
    const before = showAgent(row);
    if (row.name === name) return { result: before, change: null };
    const where = { orgId_id: { orgId, id } };
    const after = showAgent(await transaction.agent.update({ where, data: { name } }));
    return { result: after, change: { subject: after.id, before, after } };
  },
});
