/** How far an org has come, told by what is there and not by boxes that somebody ticked. */
import { readRecords } from "@yolo/ledger/read-records";
import { STARTERS } from "@yolo/policy/starters";
import { withMode } from "@yolo/policy/with-mode";
import { z } from "zod";
import { query, type Scope } from "../verb.ts";

export const Steps = z.strictObject({
  project: z.boolean(),
  /** An agent with a key. */
  key: z.boolean(),
  /** A call was admitted and allowed. */
  firstCall: z.boolean(),
  /** A call was refused. */
  firstRefusal: z.boolean(),
  /** A policy is live that is not a starter as it came. */
  ownPolicy: z.boolean(),
  /** Somebody else is in the org, or has been invited. */
  invited: z.boolean(),
  /** The list was put away. */
  dismissed: z.boolean(),
});

export const readSteps = query({
  name: "onboarding.steps",
  permission: "records:read",
  input: z.strictObject({}),
  output: Steps,
  async run(scope) {
    const { transaction, orgId } = scope;
    const { project, agentKey, member, invitation, settings } = transaction;
    const where = { orgId };
    const isLive = { orgId, archivedAt: null };
    return {
      project: (await project.findFirst({ where: isLive, select: { id: true } })) !== null,
      key: (await agentKey.findFirst({ where, select: { id: true } })) !== null,
      firstCall: await hasRecord(scope, "allow"),
      firstRefusal: await hasRecord(scope, "deny"),
      ownPolicy: await hasOwnPolicy(scope),
      invited:
        (await member.count({ where })) > 1 ||
        (await invitation.findFirst({ where, select: { id: true } })) !== null,
      dismissed: (await settings.findFirst({ where }))?.stepsDismissedAt != null,
    };
  },
});

async function hasRecord(
  { transaction, orgId }: Scope,
  decision: "allow" | "deny",
): Promise<boolean> {
  const filter = { decisions: [decision] };
  return (await readRecords(transaction, { orgId, limit: 1, filter })).length > 0;
}

/** Each starter as it came, on trial and after it. */
const AS_IT_CAME = STARTERS.flatMap(({ text }) => [
  text,
  withMode(text, "evaluate"),
  withMode(text, "enforce"),
]);

async function hasOwnPolicy({ transaction, orgId }: Scope): Promise<boolean> {
  const found = await transaction.policyVersion.findFirst({
    where: { orgId, text: { notIn: AS_IT_CAME } },
    select: { version: true },
  });
  return found !== null;
}
