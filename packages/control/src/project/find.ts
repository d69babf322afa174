/** A project by its id. */
import { AppError } from "@yolo/core/errors";
import type { Project } from "@yolo/store/generated/prisma/client";
import type { Scope } from "../verb.ts";

/** Throws `not_found`. */
export async function findProject({ transaction, orgId }: Scope, id: string): Promise<Project> {
  const project = await transaction.project.findUnique({ where: { orgId_id: { orgId, id } } });
  if (project !== null) return project;
  throw new AppError("not_found", { message: "There is no project with the id you sent." });
}
