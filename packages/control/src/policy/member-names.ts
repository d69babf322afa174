/** The names of members, for showing who did something. */
import type { Scope } from "../verb.ts";

/** By the member's id in the database. */
export type MemberNames = ReadonlyMap<string, string>;

/** Null ids (the product itself) and those who never were members are left out. */
export async function memberNames(
  { transaction, orgId }: Pick<Scope, "transaction" | "orgId">,
  ids: readonly (string | null)[],
): Promise<MemberNames> {
  const members = await transaction.member.findMany({
    where: { orgId, id: { in: [...new Set(ids.filter((id) => id !== null))] } },
    select: { id: true, personId: true },
  });
  const people = await transaction.person.findMany({
    where: { id: { in: members.map(({ personId }) => personId) } },
    select: { id: true, name: true },
  });
  const nameOf = new Map(people.map(({ id, name }) => [id, name]));
  return new Map(members.map(({ id, personId }) => [id, nameOf.get(personId) ?? ""]));
}
