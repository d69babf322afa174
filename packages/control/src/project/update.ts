/** Renames a project or changes what is kept of its calls. Its slug stays: policies know it by that. */
import { z } from "zod";
import { idField, nameField } from "../fields.ts";
import { verb } from "../verb.ts";
import { findLiveProject } from "./find-live.ts";
import { captureLevel, Project, showProject } from "./project.ts";

const input = z.strictObject({
  id: idField("project"),
  /** Left out: as it is. */
  name: nameField().optional(),
  /** Of calls from now on; left out: as it is. */
  captureLevel: captureLevel.optional(),
});

/** What is the same already changes nothing. Throws `not_found`, or `conflict` when it is archived. */
export const updateProject = verb({
  name: "project.update",
  permission: "projects:write",
  input,
  output: Project,
  async run(scope, { id, name, captureLevel: level }) {
    const { transaction, orgId } = scope;
    const row = await findLiveProject(scope, id);
    const before = showProject(row);
    const data = { name: name ?? row.name, captureLevel: level ?? row.captureLevel };
    if (data.name === row.name && data.captureLevel === row.captureLevel) {
      return { result: before, change: null };
    }
    const where = { orgId_id: { orgId, id } };
    const after = showProject(await transaction.project.update({ where, data }));
    return { result: after, change: { subject: after.id, before, after } };
  },
});
