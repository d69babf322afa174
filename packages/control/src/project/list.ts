/** The org's projects by slug, archived ones included, with what stands in them. */
import { z } from "zod";
import { idField, limitField } from "../fields.ts";
import { pageOf } from "../page.ts";
import { query } from "../verb.ts";
import { countContents } from "./contents.ts";
import { Project, ProjectContents, showProject } from "./project.ts";

const input = z.strictObject({
  limit: limitField(200),
  /** Only those that come after this one. */
  before: idField("project").optional(),
});

const item = Project.extend(ProjectContents.shape);

export const listProjects = query({
  name: "project.list",
  permission: "projects:read",
  input,
  output: z.strictObject({ data: z.array(item), nextBefore: Project.shape.id.nullable() }),
  async run(scope, { limit, before }) {
    const { transaction, orgId } = scope;
    const rows = await transaction.project.findMany({
      where: { orgId },
      orderBy: { slug: "asc" },
      take: limit + 1,
      ...(before !== undefined && { cursor: { orgId_id: { orgId, id: before } }, skip: 1 }),
    });
    const contents = await countContents(
      scope,
      rows.map(({ id }) => id),
    );
    return pageOf(
      rows.map((row) => ({ ...showProject(row), ...contents(row.id) })),
      limit,
    );
  },
});
