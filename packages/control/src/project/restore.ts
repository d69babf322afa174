/** Brings an archived project back, with the agents that ended with it. Their keys stay revoked: make new ones. */
import { z } from "zod";
import { idField } from "../fields.ts";
import { verb } from "../verb.ts";
import { findProject } from "./find.ts";
import { Project, showProject } from "./project.ts";

/** One that is not archived stays as it is. Throws `not_found`. */
export const restoreProject = verb({
  name: "project.restore",
  permission: "projects:write",
  input: z.strictObject({ id: idField("project") }),
  output: Project.extend({ agentsRestored: z.int() }),
  async run(scope, { id }) {
    const { transaction, orgId } = scope;
    const { archivedAt, ...row } = await findProject(scope, id);
    const before = showProject({ ...row, archivedAt });
    if (archivedAt === null) return { result: { ...before, agentsRestored: 0 }, change: null };
    const restored = await transaction.project.update({
      where: { orgId_id: { orgId, id } },
      data: { archivedAt: null },
    });
    const { count } = await transaction.agent.updateMany({
      where: { orgId, projectId: id, archivedAt },
      data: { archivedAt: null },
    });
    const after = { ...showProject(restored), agentsRestored: count };
    return { result: after, change: { subject: after.id, before, after } };
  },
});
