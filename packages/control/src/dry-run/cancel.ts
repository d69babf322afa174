/** Cancels a dry run: the batch under way is not counted any more, and no other begins. */
import { z } from "zod";
import { idField } from "../fields.ts";
import { verb } from "../verb.ts";
import { DryRun, findDryRun, showDryRun } from "./dry-run.ts";

/** What has ended already stays as it ended. Throws `not_found`. */
export const cancelDryRun = verb({
  name: "dry-run.cancel",
  permission: "policies:write",
  input: z.strictObject({ id: idField("dryRun") }),
  output: DryRun,
  async run(scope, { id }) {
    const { transaction, orgId, clock } = scope;
    const { count } = await transaction.dryRun.updateMany({
      where: { orgId, id, state: { in: ["queued", "running"] } },
      data: { state: "cancelled", endedAt: new Date(clock.now()) },
    });
    const shown = showDryRun(await findDryRun(scope, id), clock.now());
    return {
      result: shown,
      change:
        count === 0 ? null : { subject: shown.id, before: null, after: { state: "cancelled" } },
    };
  },
});
