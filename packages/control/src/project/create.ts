/** Creates a project: a unit of policy and budget inside the org. */
import { newId } from "@yolo/core/ids";
import { z } from "zod";
import { nameField, slugField } from "../fields.ts";
import { verb } from "../verb.ts";
import { captureLevel, Project, showProject } from "./project.ts";

const input = z.strictObject({
  slug: slugField(),
  name: nameField(),
  captureLevel: captureLevel.default("redacted"),
});

/** Throws `conflict` when the slug is taken in this org. */
export const createProject = verb({
  name: "project.create",
  permission: "projects:write",
  input,
  output: Project,
  taken: "A project with this slug exists already.",
  async run({ transaction, orgId }, fields) {
    const row = await transaction.project.create({ data: { orgId, id: newId(), ...fields } });
    const project = showProject(row);
    return { result: project, change: { subject: project.id, before: null, after: project } };
  },
});
