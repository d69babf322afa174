/** Publishes in enforce the starters whose trial in evaluate is over. What a member has published since is left alone. */
import type { Context } from "@yolo/control/context";
import { endTrial } from "@yolo/control/policy/end-trial";
import { encodeId, newId } from "@yolo/core/ids";
import type { WorkerDeps } from "../registry.ts";

const PER_PASS_MAX = 100;

/** How many policies came into force. One that cannot be published is logged, and keeps no other from it. */
export async function sweepEndedTrials(deps: WorkerDeps): Promise<number> {
  const { sql, clock, logger } = deps;
  const rows = await sql<{ orgId: string; policyId: string }[]>`
    SELECT org_id AS "orgId", policy_id AS "policyId"
    FROM org.ended_trials_1(${new Date(clock.now())}, ${PER_PASS_MAX})`;
  let published = 0;
  for (const { orgId, policyId } of rows) {
    const id = encodeId("policy", policyId);
    const context: Context = {
      ...{ database: deps.database, secrets: deps.secrets, clock },
      actor: { kind: "system", orgId },
      requestId: encodeId("apiRequest", newId()),
    };
    try {
      const { ended } = await endTrial.run(context, { id });
      if (ended) published += 1;
    } catch (error) {
      logger.error({ err: error, policy: id }, "a trial could not be ended; it is tried again");
    }
  }
  return published;
}
