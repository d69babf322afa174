/** The org's projects, by name. */
import { z } from "zod";
import { query } from "../verb.ts";
import { Project, showProject } from "./project.ts";

export const listProjects = query({
  name: "project.list",
  permission: "projects:read",
  input: z.strictObject({}),
  output: z.strictObject({ data: z.array(Project) }),
  async run({ transaction, orgId }) {
    const rows = await transaction.project.findMany({
      where: { orgId },
      orderBy: [{ slug: "asc" }],
    });
    return { data: rows.map(showProject) };
  },
});
