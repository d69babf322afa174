/** Creates a project: a unit of policy and budget inside the org. */
import { newId } from "@yolo/core/ids";
import { STARTERS } from "@yolo/policy/starters";
import { z } from "zod";
import { nameField, slugField } from "../fields.ts";
import { createStarterPolicy } from "../policy/create-starter.ts";
import { Policy } from "../policy/policy.ts";
import { verb } from "../verb.ts";
import { captureLevel, Project, showProject } from "./project.ts";

const input = z.strictObject({
  slug: slugField(),
  name: nameField(),
  captureLevel: captureLevel.default("redacted"),
  /** The policy it starts with, in evaluate for a day and then enforced; left out: none. */
  starter: z.enum(STARTERS.map(({ id }) => id)).optional(),
});

/** Throws `conflict` when the slug is taken in this org. */
export const createProject = verb({
  name: "project.create",
  permission: "projects:write",
  input,
  output: Project.extend({
    /** The starter's; null where there is none. */
    policy: Policy.nullable(),
  }),
  taken: "A project with this slug exists already.",
  async run(scope, { starter: starterId, ...fields }) {
    const { transaction, orgId } = scope;
    const row = await transaction.project.create({ data: { orgId, id: newId(), ...fields } });
    const starter = STARTERS.find(({ id }) => id === starterId);
    const policy = starter === undefined ? null : await createStarterPolicy(scope, row, starter);
    const project = { ...showProject(row), policy };
    return { result: project, change: { subject: project.id, before: null, after: project } };
  },
});
