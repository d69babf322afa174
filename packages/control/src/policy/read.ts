/** A policy with the text of one version, by default the one in force. */
import { MODE_WORDS, modeOf } from "@yolo/policy/mode-of";
import { z } from "zod";
import { idField } from "../fields.ts";
import { query } from "../verb.ts";
import { findPolicy } from "./find.ts";
import { Policy, PolicyVersion, showPolicy, showPublished } from "./policy.ts";
import { readVersion } from "./read-version.ts";

const input = z.strictObject({
  id: idField("policy"),
  /** Left out: the version in force. */
  version: z.coerce.number().int().min(1).optional(),
});

/** Throws `not_found` for the policy and for the version. */
export const readPolicy = query({
  name: "policy.read",
  permission: "policies:read",
  input,
  output: Policy.extend({
    published: PolicyVersion,
    text: z.string(),
    mode: z.enum(MODE_WORDS),
  }),
  async run(scope, { id, version: asked }) {
    const policy = await findPolicy(scope, id);
    const row = await readVersion(scope, id, asked ?? policy.liveVersion);
    const published = await showPublished(scope, row);
    return { ...showPolicy(policy), published, text: row.text, mode: modeOf(row.text) };
  },
});
