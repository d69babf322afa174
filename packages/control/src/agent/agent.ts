/** An agent as given outside. */
import { encodeId } from "@yolo/core/ids";
import type { Agent as Row } from "@yolo/store/generated/prisma/client";
import { z } from "zod";
import { showMoment, shownId, shownMoment } from "../fields.ts";

export const Agent = z.strictObject({
  id: shownId("agent"),
  projectId: shownId("project"),
  name: z.string(),
  createdAt: shownMoment(),
  archivedAt: shownMoment().nullable(),
});

export function showAgent(row: Row): z.output<typeof Agent> {
  return {
    id: encodeId("agent", row.id),
    projectId: encodeId("project", row.projectId),
    name: row.name,
    createdAt: showMoment(row.createdAt),
    archivedAt: showMoment(row.archivedAt),
  };
}
