/** Who would act: an agent of the org, with whatever is assumed about its user and its moment. */
import { encodeId } from "@yolo/core/ids";
import type { Subject } from "@yolo/policy/engine";
import { TIERS } from "@yolo/policy/tiers";
import { z } from "zod";
import { findLiveAgent } from "../agent/find.ts";
import { idField, jsonField, line } from "../fields.ts";
import type { Scope } from "../verb.ts";
import type { Place } from "./draft.ts";

const words = z.array(line(1_200)).max(200).default([]);

export const subjectFields = {
  agentId: idField("agent"),
  /** Left out: nobody has proved who they are. */
  user: z
    .strictObject({
      id: line(500).default("user"),
      verified: z.boolean().default(true),
      roles: words,
      groups: words,
      scopes: words,
      claims: z.record(z.string(), jsonField()).default({}),
    })
    .optional(),
  tier: z.enum(TIERS).default("interactive"),
};

const NOBODY = { id: "user", verified: false, roles: [], groups: [], scopes: [], claims: {} };

/** The subject and where its policies stand. Throws `not_found`, or `conflict` when the agent is archived. */
export async function findSubject(
  scope: Scope,
  { agentId, user = NOBODY, tier }: z.output<z.ZodObject<typeof subjectFields>>,
): Promise<{ readonly subject: Subject; readonly place: Place }> {
  const { transaction, orgId } = scope;
  const { id, name, projectId } = await findLiveAgent(scope, agentId);
  const project = await transaction.project.findUniqueOrThrow({
    where: { orgId_id: { orgId, id: projectId } },
  });
  return {
    subject: {
      agent: { id: encodeId("agent", id), name, project: project.slug },
      user,
      session: { id: "session" },
      tier,
    },
    place: { layer: "agent", projectId, agentId },
  };
}
