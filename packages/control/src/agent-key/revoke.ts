/** Revokes an agent key: no call is admitted under it once this has committed. */
import { z } from "zod";
import { idField } from "../fields.ts";
import { verb } from "../verb.ts";
import { AgentKey, showAgentKey } from "./agent-key.ts";
import { findAgentKey } from "./find.ts";

/** Doing it again changes nothing. Throws `not_found`. */
export const revokeAgentKey = verb({
  name: "agent-key.revoke",
  permission: "agent-keys:write",
  input: z.strictObject({ id: idField("agentKey") }),
  output: AgentKey,
  async run(scope, { id }) {
    const { transaction, orgId, clock } = scope;
    const row = await findAgentKey(scope, id);
    const before = showAgentKey(row);
    if (row.revokedAt !== null) return { result: before, change: null };
    const where = { orgId_id: { orgId, id } };
    const data = { revokedAt: new Date(clock.now()) };
    const after = showAgentKey(await transaction.agentKey.update({ where, data }));
    return { result: after, change: { subject: after.id, before, after } };
  },
});
