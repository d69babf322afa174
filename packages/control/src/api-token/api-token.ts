/** A member's API token as given outside: never the token itself, only what tells it from others. */
import { encodeId } from "@yolo/core/ids";
import type { ApiToken as Row } from "@yolo/store/generated/prisma/client";
import { z } from "zod";
import { showMoment, shownId, shownMoment } from "../fields.ts";

export const ApiToken = z.strictObject({
  id: shownId("apiToken"),
  memberId: shownId("member"),
  name: z.string(),
  lastFour: z.string(),
  /** What it may do at most, and never more than its member's role. */
  scopes: z.array(z.string()),
  createdAt: shownMoment(),
  expiresAt: shownMoment().nullable(),
  revokedAt: shownMoment().nullable(),
  /** To the minute; null: never. */
  lastUsedAt: shownMoment().nullable(),
});

export function showApiToken(row: Row): z.output<typeof ApiToken> {
  return {
    id: encodeId("apiToken", row.id),
    memberId: encodeId("member", row.memberId),
    name: row.name,
    lastFour: row.lastFour,
    scopes: row.scopes,
    createdAt: showMoment(row.createdAt),
    expiresAt: showMoment(row.expiresAt),
    revokedAt: showMoment(row.revokedAt),
    lastUsedAt: showMoment(row.lastUsedAt),
  };
}
