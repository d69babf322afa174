/** A member as given outside. */
import { encodeId } from "@yolo/core/ids";
import type { Member as Row } from "@yolo/store/generated/prisma/client";
import type { OrgTransaction } from "@yolo/store/prisma";
import { z } from "zod";
import { showMoment, shownId, shownMoment } from "../fields.ts";
import { ROLES } from "../permissions.ts";

export const Member = z.strictObject({
  id: shownId("member"),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  /** Whether signing in asks them for a second factor. */
  secondFactor: z.boolean(),
  /** Agent keys that work and for which they answer. */
  agentKeys: z.int(),
  groups: z.array(z.strictObject({ id: shownId("group"), name: z.string() })),
  createdAt: shownMoment(),
});
export type ShownMember = z.output<typeof Member>;

/** In the order given, with their names and groups; of each the keys that work at `now`. */
export async function showMembers(
  transaction: OrgTransaction,
  rows: readonly Row[],
  now: Date,
): Promise<ShownMember[]> {
  const memberIds = rows.map(({ id }) => id);
  const people = await transaction.person.findMany({
    where: { id: { in: rows.map(({ personId }) => personId) } },
  });
  const keys = await transaction.agentKey.groupBy({
    by: ["memberId"],
    where: { memberId: { in: memberIds }, ...working(now) },
    _count: { id: true },
  });
  const groups = await transaction.groupMember.findMany({
    where: { memberId: { in: memberIds }, removedAt: null, group: { deletedAt: null } },
    include: { group: true },
    orderBy: { group: { name: "asc" } },
  });
  const byId = new Map(people.map((person) => [person.id, person]));
  const counts = new Map(keys.map(({ memberId, _count }) => [memberId, _count.id]));
  return rows.map((row) => {
    const person = byId.get(row.personId);
    return {
      id: encodeId("member", row.id),
      name: person?.name ?? "",
      email: person?.email ?? "",
      role: z.enum(ROLES).parse(row.role),
      secondFactor: person?.twoFactorEnabled ?? false,
      agentKeys: counts.get(row.id) ?? 0,
      groups: groups
        .filter(({ memberId }) => memberId === row.id)
        .map(({ group }) => ({ id: encodeId("group", group.id), name: group.name })),
      createdAt: showMoment(row.createdAt),
    };
  });
}

/** Of agent keys: those that open something at this moment. */
export function working(now: Date) {
  return { revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] };
}
