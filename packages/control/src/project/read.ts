/** A project with what stands in it: what archiving it would end. */
import { z } from "zod";
import { idField } from "../fields.ts";
import { query } from "../verb.ts";
import { countContents } from "./contents.ts";
import { findProject } from "./find.ts";
import { Project, ProjectContents, showProject } from "./project.ts";

/** Throws `not_found`. */
export const readProject = query({
  name: "project.read",
  permission: "projects:read",
  input: z.strictObject({ id: idField("project") }),
  output: Project.extend(ProjectContents.shape),
  async run(scope, { id }) {
    const row = await findProject(scope, id);
    const contents = await countContents(scope, [id]);
    return { ...showProject(row), ...contents(id) };
  },
});
