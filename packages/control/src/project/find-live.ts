/** A project that may still be built on. */
import { AppError } from "@yolo/core/errors";
import type { Project } from "@yolo/store/generated/prisma/client";
import type { Scope } from "../verb.ts";

/** Throws `not_found`, or `conflict` when it is archived. */
export async function findLiveProject(scope: Scope, id: string): Promise<Project> {
  const { transaction, orgId } = scope;
  const project = await transaction.project.findUnique({ where: { orgId_id: { orgId, id } } });
  if (project === null) {
    throw new AppError("not_found", { message: "There is no project with the id you sent." });
  }
  if (project.archivedAt !== null) {
    throw new AppError("conflict", { message: `The project ${project.slug} is archived.` });
  }
  return project;
}
