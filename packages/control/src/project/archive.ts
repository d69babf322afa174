/** Archives a project: its agents and their keys end with it, in one transaction; its records and policies stay. */
import { z } from "zod";
import { idField } from "../fields.ts";
import { verb } from "../verb.ts";
import { findProject } from "./find.ts";
import { Project, showProject } from "./project.ts";

const output = Project.extend({
  agentsArchived: z.int(),
  keysRevoked: z.int(),
});

/** Doing it again changes nothing. Throws `not_found`. */
export const archiveProject = verb({
  name: "project.archive",
  permission: "projects:write",
  input: z.strictObject({ id: idField("project") }),
  output,
  async run(scope, { id }) {
    const { transaction, orgId, clock } = scope;
    const before = showProject(await findProject(scope, id));
    if (before.archivedAt !== null) {
      return { result: { ...before, agentsArchived: 0, keysRevoked: 0 }, change: null };
    }
    // One moment for all: restoring brings back the agents that ended with it, and no others.
    const now = new Date(clock.now());
    const row = await transaction.project.update({
      where: { orgId_id: { orgId, id } },
      data: { archivedAt: now },
    });
    const keys = await transaction.agentKey.updateMany({
      where: { orgId, revokedAt: null, agent: { projectId: id } },
      data: { revokedAt: now },
    });
    const agents = await transaction.agent.updateMany({
      where: { orgId, projectId: id, archivedAt: null },
      data: { archivedAt: now },
    });
    const after = {
      ...showProject(row),
      agentsArchived: agents.count,
      keysRevoked: keys.count,
    };
    return { result: after, change: { subject: after.id, before, after } };
  },
});
