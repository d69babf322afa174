/** A group as given outside: members of the org under one name, whom rules can ask for decisions. */
import { AppError } from "@yolo/core/errors";
import { encodeId } from "@yolo/core/ids";
import type { Prisma } from "@yolo/store/generated/prisma/client";
import { z } from "zod";
import { showMoment, shownId, shownMoment } from "../fields.ts";
import type { Scope } from "../verb.ts";

export const Group = z.strictObject({
  id: shownId("group"),
  name: z.string(),
  createdAt: shownMoment(),
  /** Ids of its members, in the order in which they came. */
  memberIds: z.array(shownId("member")),
});

export const GROUP_TAKEN = "A group with this name exists already.";

/** What `showGroup` needs of each. */
export const withMembers = {
  members: { where: { removedAt: null }, orderBy: [{ addedAt: "asc" }, { memberId: "asc" }] },
} satisfies Prisma.GroupInclude;

interface Row {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly members: readonly { readonly memberId: string }[];
}

export function showGroup({ id, name, createdAt, members }: Row): z.output<typeof Group> {
  return {
    ...{ id: encodeId("group", id), name },
    createdAt: showMoment(createdAt),
    memberIds: members.map(({ memberId }) => encodeId("member", memberId)),
  };
}

/** Throws `not_found`, also for one that was deleted. */
export async function findGroup({ transaction, orgId }: Scope, id: string): Promise<Row> {
  const row = await transaction.group.findUnique({
    where: { orgId_id: { orgId, id } },
    include: withMembers,
  });
  if (row !== null && row.deletedAt === null) return row;
  throw new AppError("not_found", { message: "There is no group with the id you sent." });
}
