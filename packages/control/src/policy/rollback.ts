/** Publishes the text of an earlier version again, as a new version. */
import { AppError } from "@yolo/core/errors";
import { z } from "zod";
import { idField, line } from "../fields.ts";
import { verb } from "../verb.ts";
import { findDraft } from "./draft.ts";
import { findLivePolicy } from "./find.ts";
import { PolicyWarning, requirePublishable } from "./lint-text.ts";
import { Policy, PolicyVersion, showPolicy, showPublished } from "./policy.ts";
import { publishVersion } from "./publish-version.ts";
import { readVersion } from "./read-version.ts";

const input = z.strictObject({
  id: idField("policy"),
  /** The version in force as you saw it. */
  base: z.int().min(1),
  /** The version whose text comes back. */
  to: z.int().min(1),
  message: line(500).optional(),
});

/** Throws as publishing does, and `not_found` for a version that there is not. */
export const rollbackPolicy = verb({
  name: "policy.rollback",
  permission: "policies:write",
  input,
  output: Policy.extend({ published: PolicyVersion, warnings: z.array(PolicyWarning) }),
  async run(scope, { id, base, to, message = `Back to version ${to}` }) {
    const row = await findLivePolicy(scope, id);
    if (to === base) {
      throw new AppError("conflict", { message: `Version ${to} is the one you started from.` });
    }
    const { text } = await readVersion(scope, id, to);
    const warnings = await requirePublishable(
      scope,
      await findDraft(scope, { policyId: id, text }),
    );
    const version = await publishVersion(scope, row, { base, text, message });
    const policy = showPolicy({ ...row, liveVersion: version.version, trialEndsAt: null });
    return {
      result: { ...policy, published: await showPublished(scope, version), warnings },
      change: {
        subject: policy.id,
        before: { liveVersion: base },
        after: { liveVersion: version.version, message, textOf: to },
      },
    };
  },
});
