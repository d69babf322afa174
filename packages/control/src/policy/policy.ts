/** A policy as given outside, and one published version of it. */
import { encodeId } from "@yolo/core/ids";
import type {
  Policy as Row,
  PolicyVersion as VersionRow,
} from "@yolo/store/generated/prisma/client";
import { z } from "zod";
import { showMoment, shownId, shownMoment } from "../fields.ts";
import type { Scope } from "../verb.ts";
import { type MemberNames, memberNames } from "./member-names.ts";

export const policyLayer = z.enum(["org", "project", "agent"]);

export const Policy = z.strictObject({
  id: shownId("policy"),
  name: z.string(),
  layer: policyLayer,
  projectId: shownId("project").nullable(),
  agentId: shownId("agent").nullable(),
  /** The version in force. */
  liveVersion: z.int(),
  /** When the product publishes the starter that is in evaluate in enforce; null: not on trial. */
  trialEndsAt: shownMoment().nullable(),
  createdAt: shownMoment(),
  /** Since when nobody is decided under it; null: it is in force. */
  archivedAt: shownMoment().nullable(),
});

export const PolicyVersion = z.strictObject({
  version: z.int(),
  message: z.string(),
  /** Null: the system published it. */
  authorId: shownId("member").nullable(),
  authorName: z.string().nullable(),
  publishedAt: shownMoment(),
});

export function showPolicy(row: Row): z.output<typeof Policy> {
  return {
    id: encodeId("policy", row.id),
    name: row.name,
    layer: policyLayer.parse(row.layer),
    projectId: row.projectId === null ? null : encodeId("project", row.projectId),
    agentId: row.agentId === null ? null : encodeId("agent", row.agentId),
    liveVersion: row.liveVersion,
    trialEndsAt: showMoment(row.trialEndsAt),
    createdAt: showMoment(row.createdAt),
    archivedAt: showMoment(row.archivedAt),
  };
}

export function showPolicyVersion(
  row: Omit<VersionRow, "text">,
  names: MemberNames,
): z.output<typeof PolicyVersion> {
  return {
    version: row.version,
    message: row.message,
    authorId: row.authorId === null ? null : encodeId("member", row.authorId),
    authorName: row.authorId === null ? null : (names.get(row.authorId) ?? null),
    publishedAt: showMoment(row.publishedAt),
  };
}

/** The version with its author's name. */
export async function showPublished(
  scope: Scope,
  row: Omit<VersionRow, "text">,
): Promise<z.output<typeof PolicyVersion>> {
  return showPolicyVersion(row, await memberNames(scope, [row.authorId]));
}
