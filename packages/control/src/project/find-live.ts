/** A project that may still be built on. */
import { AppError } from "@yolo/core/errors";
import type { Project } from "@yolo/store/generated/prisma/client";
import type { Scope } from "../verb.ts";
import { findProject } from "./find.ts";

/** Throws `not_found`, or `conflict` when it is archived. */
export async function findLiveProject(scope: Scope, id: string): Promise<Project> {
  const project = await findProject(scope, id);
  if (project.archivedAt === null) return project;
  throw new AppError("conflict", { message: `The project ${project.slug} is archived.` });
}
