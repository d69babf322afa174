/** Puts the list of first steps away for the whole org, or brings it back. */
import { encodeId } from "@yolo/core/ids";
import { z } from "zod";
import { verb } from "../verb.ts";

/** Doing it again changes nothing. */
export const dismissSteps = verb({
  name: "onboarding.dismiss-steps",
  permission: "projects:write",
  input: z.strictObject({ dismissed: z.boolean() }),
  output: z.strictObject({ dismissed: z.boolean() }),
  async run({ transaction, orgId, clock }, { dismissed }) {
    const where = { orgId };
    const present = await transaction.settings.findUniqueOrThrow({ where });
    const before = { dismissed: present.stepsDismissedAt !== null };
    const result = { dismissed };
    if (before.dismissed === dismissed) return { result, change: null };
    const stepsDismissedAt = dismissed ? new Date(clock.now()) : null;
    await transaction.settings.update({ where, data: { stepsDismissedAt } });
    return { result, change: { subject: encodeId("org", orgId), before, after: result } };
  },
});
