/**
 * Removes a member: their API tokens end and their sessions show this org no more, at once. Their agents go on, in the
 * hands of somebody who stays: the agent keys for which they answered get another accountable member.
 */
import { AppError } from "@yolo/core/errors";
import { encodeId } from "@yolo/core/ids";
import type { Member as Row } from "@yolo/store/generated/prisma/client";
import { z } from "zod";
import { idField, shownId } from "../fields.ts";
import type { Scope } from "../verb.ts";
import { verb } from "../verb.ts";
import { findMember, requireAnotherOwner, requireRank } from "./find-member.ts";
import { Member, showMembers, working } from "./member.ts";

const input = z.strictObject({
  id: idField("member"),
  /** Who answers for their agent keys from now on; needed where there are any that work. */
  keysTo: idField("member").optional(),
});

const output = z.strictObject({
  id: shownId("member"),
  /** The agent keys that changed hands. */
  agentKeys: z.array(shownId("agentKey")),
});

/**
 * Throws `not_found` for either member, `forbidden` for an owner unless one is, and `conflict` for the last owner and,
 * with the keys in `facts`, where `keysTo` is needed.
 */
export const removeMember = verb({
  name: "member.remove",
  permission: "members:write",
  input,
  output,
  async run(scope, { id, keysTo }) {
    const { transaction, orgId, actor, clock } = scope;
    const row = await findMember(scope, id);
    requireRank(actor, row.role);
    await requireAnotherOwner(scope, row);
    const now = new Date(clock.now());
    const [shown] = await showMembers(transaction, [row], now);
    const before = Member.parse(shown);
    const agentKeys = await handOver(scope, row, keysTo);
    const theirs = { orgId, memberId: id };
    await transaction.apiToken.updateMany({
      where: { ...theirs, revokedAt: null },
      data: { revokedAt: now },
    });
    await transaction.groupMember.updateMany({
      where: { ...theirs, removedAt: null },
      data: { removedAt: now },
    });
    await transaction.invitation.updateMany({
      where: { orgId, inviterId: id, acceptedAt: null, revokedAt: null },
      data: { revokedAt: now },
    });
    const where = { orgId_id: { orgId, id } };
    await transaction.member.update({ where, data: { removedAt: now } });
    const result = { id: before.id, agentKeys };
    const to = keysTo === undefined ? {} : { keysTo: encodeId("member", keysTo) };
    return { result, change: { subject: before.id, before, after: { agentKeys, ...to } } };
  },
});

async function handOver(scope: Scope, from: Row, to: string | undefined): Promise<string[]> {
  const { transaction, orgId, clock } = scope;
  const heir = to === undefined || to === from.id ? undefined : await findMember(scope, to);
  const keys = await transaction.agentKey.findMany({
    where: { orgId, memberId: from.id, ...working(new Date(clock.now())) },
    include: { agent: true },
    orderBy: { id: "asc" },
  });
  if (keys.length === 0) return [];
  const ids = keys.map(({ id }) => encodeId("agentKey", id));
  if (heir === undefined) {
    throw new AppError("conflict", {
      message: `They answer for ${keys.length} agent keys that work. Say who takes over (keysTo), or revoke the keys first.`,
      facts: {
        agentKeys: keys.map(({ id, lastFour, agent }) => ({
          ...{ id: encodeId("agentKey", id), lastFour, agent: agent.name },
        })),
      },
    });
  }
  await transaction.agentKey.updateMany({
    where: { orgId, id: { in: keys.map(({ id }) => id) } },
    data: { memberId: heir.id },
  });
  return ids;
}
