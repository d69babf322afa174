/** Ends the trial of a starter: the same text is published in enforce, by the product. */
import { encodeId } from "@yolo/core/ids";
import { withMode } from "@yolo/policy/with-mode";
import { z } from "zod";
import { idField } from "../fields.ts";
import { verb } from "../verb.ts";
import { findPolicy } from "./find.ts";
import { issuesOfText, refuseErrors } from "./lint-text.ts";
import { publishVersion } from "./publish-version.ts";
import { readVersion } from "./read-version.ts";

const MESSAGE = "The trial in evaluate is over: the same text, enforced";

/**
 * Doing it again changes nothing, nor does it before the trial is over or after a member has published.
 * Throws `not_found`; `policy_invalid` when the text cannot be published any more.
 */
export const endTrial = verb({
  name: "policy.end-trial",
  permission: "policies:end-trial",
  input: z.strictObject({ id: idField("policy") }),
  output: z.strictObject({ ended: z.boolean() }),
  async run(scope, { id }) {
    const policy = await findPolicy(scope, id);
    const { trialEndsAt, liveVersion: base } = policy;
    if (trialEndsAt === null || trialEndsAt.getTime() > scope.clock.now()) {
      return { result: { ended: false }, change: null };
    }
    const text = withMode((await readVersion(scope, id, base)).text, "enforce");
    refuseErrors(issuesOfText(text));
    const { version } = await publishVersion(scope, policy, { base, text, message: MESSAGE });
    return {
      result: { ended: true },
      change: {
        subject: encodeId("policy", policy.id),
        before: { liveVersion: base, mode: "evaluate" },
        after: { liveVersion: version, mode: "enforce" },
      },
    };
  },
});
