/** Publishes the next version of a policy, unless somebody else did so meanwhile. */
import { z } from "zod";
import { idField, line } from "../fields.ts";
import { verb } from "../verb.ts";
import { findDraft } from "./draft.ts";
import { findLivePolicy } from "./find.ts";
import { PolicyWarning, policyText, requirePublishable } from "./lint-text.ts";
import { Policy, PolicyVersion, showPolicy, showPublished } from "./policy.ts";
import { dropPublishedDraft } from "./policy-draft.ts";
import { publishVersion } from "./publish-version.ts";

const input = z.strictObject({
  id: idField("policy"),
  /** The version this text was written from. */
  base: z.int().min(1),
  text: policyText,
  message: line(500),
});

const output = Policy.extend({ published: PolicyVersion, warnings: z.array(PolicyWarning) });

/** Throws `policy_invalid`; `conflict` when `base` is not the version in force; `not_found`. */
export const publishPolicy = verb({
  name: "policy.publish",
  permission: "policies:write",
  input,
  output,
  async run(scope, { id, ...draft }) {
    const row = await findLivePolicy(scope, id);
    const { text } = draft;
    const warnings = await requirePublishable(
      scope,
      await findDraft(scope, { policyId: id, text }),
    );
    const version = await publishVersion(scope, row, draft);
    await dropPublishedDraft(scope, id, text);
    const policy = showPolicy({ ...row, liveVersion: version.version, trialEndsAt: null });
    const published = await showPublished(scope, version);
    return {
      result: { ...policy, published, warnings },
      change: {
        subject: policy.id,
        before: { liveVersion: draft.base },
        after: { liveVersion: version.version, message: draft.message },
      },
    };
  },
});
