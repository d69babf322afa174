/** Brings an archived agent back. Its keys stay revoked: make new ones. */
import { z } from "zod";
import { idField } from "../fields.ts";
import { findLiveProject } from "../project/find-live.ts";
import { verb } from "../verb.ts";
import { Agent, showAgent } from "./agent.ts";
import { findAgent } from "./find.ts";

/** One that is not archived stays as it is. Throws `not_found`, or `conflict` when its project is archived. */
export const restoreAgent = verb({
  name: "agent.restore",
  permission: "agents:write",
  input: z.strictObject({ id: idField("agent") }),
  output: Agent,
  async run(scope, { id }) {
    const { transaction, orgId } = scope;
    const row = await findAgent(scope, id);
    const before = showAgent(row);
    if (row.archivedAt === null) return { result: before, change: null };
    await findLiveProject(scope, row.projectId);
    const where = { orgId_id: { orgId, id } };
    const after = showAgent(await transaction.agent.update({ where, data: { archivedAt: null } }));
    return { result: after, change: { subject: after.id, before, after } };
  },
});
