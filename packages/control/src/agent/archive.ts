/** Archives an agent: its keys end with it, its records stay. */
import { z } from "zod";
import { idField } from "../fields.ts";
import { verb } from "../verb.ts";
import { Agent, showAgent } from "./agent.ts";
import { findAgent } from "./find.ts";

/** Doing it again changes nothing. Throws `not_found`. */
export const archiveAgent = verb({
  name: "agent.archive",
  permission: "agents:write",
  input: z.strictObject({ id: idField("agent") }),
  output: Agent,
  async run(scope, { id }) {
    const { transaction, orgId, clock } = scope;
    const before = showAgent(await findAgent(scope, id));
    if (before.archivedAt !== null) return { result: before, change: null };
    const now = new Date(clock.now());
    const row = await transaction.agent.update({
      where: { orgId_id: { orgId, id } },
      data: { archivedAt: now },
    });
    const { count } = await transaction.agentKey.updateMany({
      where: { orgId, agentId: id, revokedAt: null },
      data: { revokedAt: now },
    });
    const after = showAgent(row);
    return {
      result: after,
      change: { subject: after.id, before, after: { ...after, keysRevoked: count } },
    };
  },
});
