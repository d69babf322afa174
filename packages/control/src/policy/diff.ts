/** What changes between two versions of a policy, or from a version to a draft, in terms of rules. */
import { diffPolicies, type PolicyChange, type RuleView } from "@yolo/policy/diff";
import { z } from "zod";
import { idField } from "../fields.ts";
import { query, type Scope } from "../verb.ts";
import { findPolicy } from "./find.ts";
import { policyText } from "./lint-text.ts";
import { readVersion } from "./read-version.ts";

const input = z
  .strictObject({
    id: idField("policy"),
    /** Left out: the version in force. */
    from: z.int().min(1).optional(),
    /** Another version, or a draft; left out both: the version in force. */
    to: z.int().min(1).optional(),
    text: policyText.optional(),
  })
  .refine(({ to, text }) => to === undefined || text === undefined, {
    message: "takes either `to` or `text`, not both",
    path: ["text"],
  });

const Rule = z.strictObject({ line: z.int(), id: z.string().nullable(), text: z.string() });

const Change = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("added"), after: Rule }),
  z.strictObject({ kind: z.literal("removed"), before: Rule }),
  z.strictObject({
    kind: z.literal("changed"),
    before: Rule,
    after: Rule,
    parts: z.array(z.string()),
  }),
  z.strictObject({
    kind: z.literal("setting"),
    /** Which document of the text, from 0. */
    document: z.int(),
    name: z.string(),
    before: z.string(),
    after: z.string(),
  }),
]);

/** Throws `not_found` for the policy and its versions; `policy_invalid` for a draft with errors. */
export const diffPolicyVersions = query({
  name: "policy.diff",
  permission: "policies:read",
  input,
  output: z.strictObject({ changes: z.array(Change) }),
  async run(scope, { id, from, to, text }) {
    const { liveVersion } = await findPolicy(scope, id);
    const before = await textOf(scope, id, from ?? liveVersion);
    const after = text ?? (await textOf(scope, id, to ?? liveVersion));
    return { changes: diffPolicies(before, after).map(showChange) };
  },
});

async function textOf(scope: Scope, id: string, version: number): Promise<string> {
  return (await readVersion(scope, id, version)).text;
}

function showChange(change: PolicyChange): z.output<typeof Change> {
  switch (change.kind) {
    case "added":
      return { kind: change.kind, after: showView(change.after) };
    case "removed":
      return { kind: change.kind, before: showView(change.before) };
    case "changed":
      return {
        kind: change.kind,
        before: showView(change.before),
        after: showView(change.after),
        parts: [...change.parts],
      };
    case "setting":
      return change;
    default:
      return change satisfies never;
  }
}

function showView({ line, id, text }: RuleView): z.output<typeof Rule> {
  return { line, id: id ?? null, text };
}
