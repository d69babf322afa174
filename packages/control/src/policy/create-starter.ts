/** The policy that a new project starts with: in evaluate, so that the first call succeeds, and on trial for a day. */
import { newId } from "@yolo/core/ids";
import type { Starter } from "@yolo/policy/starters";
import { withMode } from "@yolo/policy/with-mode";
import type { Project } from "@yolo/store/generated/prisma/client";
import type { z } from "zod";
import type { Scope } from "../verb.ts";
import { issuesOfText, refuseErrors } from "./lint-text.ts";
import { type Policy, showPolicy } from "./policy.ts";
import { publishVersion } from "./publish-version.ts";

const TRIAL_MS = 24 * 3_600_000;

/** Publishes the starter as version 1 of a policy of the project. */
export async function createStarterPolicy(
  scope: Scope,
  project: Project,
  starter: Starter,
): Promise<z.output<typeof Policy>> {
  const { transaction, orgId, clock } = scope;
  const text = withMode(starter.text, "evaluate");
  refuseErrors(issuesOfText(text));
  const id = newId();
  const created = await transaction.policy.create({
    data: {
      ...{ orgId, id, layer: "project", projectId: project.id },
      name: await freeName(scope, project.slug),
    },
  });
  const message = `The starter ${starter.id}, in evaluate`;
  const { version } = await publishVersion(scope, created, { base: 0, text, message });
  const trialEndsAt = new Date(clock.now() + TRIAL_MS);
  await transaction.policy.update({ where: { orgId_id: { orgId, id } }, data: { trialEndsAt } });
  return showPolicy({ ...created, liveVersion: version, trialEndsAt });
}

/** Names are unique in the org, and somebody may have taken the obvious one. */
async function freeName({ transaction, orgId }: Scope, slug: string): Promise<string> {
  const rows = await transaction.policy.findMany({
    where: { orgId, name: { startsWith: slug } },
    select: { name: true },
  });
  const taken = new Set(rows.map(({ name }) => name));
  let name = slug;
  for (let count = 2; taken.has(name); count += 1) name = `${slug} ${count}`;
  return name;
}
