/** A project as given outside. */
import { encodeId } from "@yolo/core/ids";
import type { Project as Row } from "@yolo/store/generated/prisma/client";
import { z } from "zod";
import { showMoment, shownId, shownMoment } from "../fields.ts";

/** What is kept of arguments and bodies: nothing, the redacted form, or as received with secrets replaced. */
export const captureLevel = z.enum(["metadata", "redacted", "full"]);

export const Project = z.strictObject({
  id: shownId("project"),
  slug: z.string(),
  name: z.string(),
  captureLevel,
  createdAt: shownMoment(),
  archivedAt: shownMoment().nullable(),
});

/** What stands in a project now. */
export const ProjectContents = z.strictObject({
  /** Agents that are not archived. */
  agents: z.int(),
  /** Agent keys that work. */
  keys: z.int(),
});

export function showProject(row: Row): z.output<typeof Project> {
  return {
    id: encodeId("project", row.id),
    slug: row.slug,
    name: row.name,
    captureLevel: captureLevel.parse(row.captureLevel),
    createdAt: showMoment(row.createdAt),
    archivedAt: showMoment(row.archivedAt),
  };
}
