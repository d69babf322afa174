/** Who records were made for, with the e-mail address where it is a member. */
import { AppError } from "@yolo/core/errors";
import { decodeId, ID_PREFIXES } from "@yolo/core/ids";
import type { Scope } from "../verb.ts";

export interface User {
  /** A member's outside id, or the id that the customer's identity provider gave. */
  readonly id: string;
  readonly email: string | null;
}

/** A look-up over the users named, made with two queries for all of them. */
export async function findUsers(
  { transaction, orgId }: Scope,
  ids: readonly string[],
): Promise<(id: string) => User> {
  const uuids = new Map<string, string>();
  for (const id of new Set(ids)) {
    const uuid = memberUuid(id);
    if (uuid !== undefined) uuids.set(id, uuid);
  }
  const members = await transaction.member.findMany({
    where: { orgId, id: { in: [...uuids.values()] } },
    select: { id: true, personId: true },
  });
  const people = await transaction.person.findMany({
    where: { id: { in: members.map(({ personId }) => personId) } },
    select: { id: true, email: true },
  });
  const emails = new Map(people.map(({ id, email }) => [id, email]));
  const personOf = new Map(members.map(({ id, personId }) => [id, personId]));
  return (id) => ({ id, email: emails.get(personOf.get(uuids.get(id) ?? "") ?? "") ?? null });
}

function memberUuid(id: string): string | undefined {
  if (!id.startsWith(`${ID_PREFIXES.member}_`)) return undefined;
  try {
    return decodeId("member", id);
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
