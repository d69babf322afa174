/** Founds an org: name, subdomain, settings, data key and owner, in one transaction. */
import { AppError } from "@yolo/core/errors";
import { encodeId, newId } from "@yolo/core/ids";
import type { Person } from "@yolo/store/generated/prisma/client";
import { createDataKey } from "@yolo/store/vault";
import { z } from "zod";
import { nameField, shownId, slugField } from "../fields.ts";
import { type Scope, verb } from "../verb.ts";
import { timeZoneField } from "./org.ts";
import { isReservedSlug } from "./reserved-slugs.ts";

/** How many orgs one person may own. */
const OWNED_MAX = 10;

const input = z.strictObject({
  slug: slugField().refine((slug) => !isReservedSlug(slug), "is reserved"),
  name: nameField(),
  timeZone: timeZoneField().default("UTC"),
  /** The cell the org lives in. */
  home: slugField().default("main"),
  /** By address, from the product itself; by id, in the name of the person who founds it. */
  owner: z.union([
    z.strictObject({ email: z.email().max(254).toLowerCase(), name: nameField() }),
    z.strictObject({ personId: z.uuid() }),
  ]),
});

const output = z.strictObject({
  id: shownId("org"),
  slug: z.string(),
  name: z.string(),
  ownerId: shownId("member"),
});

/**
 * The new org's id is the acting system's `orgId`: choose it with `newId()`.
 * The owner may be a person who belongs to other orgs already; their name is then left as it is.
 * Throws `conflict` when the slug is taken.
 */
export const createOrg = verb({
  name: "org.create",
  permission: "orgs:create",
  input,
  output,
  taken: "An org with this slug exists already.",
  async run(scope, { slug, name, timeZone, home, owner }) {
    const { transaction, orgId } = scope;
    const memberId = newId();
    await transaction.org.create({ data: { id: orgId, slug, name } });
    await transaction.settings.create({ data: { orgId, timeZone, home } });
    const { wrapped, ...dataKey } = createDataKey(scope.secrets.encryptionKeys, orgId, 1);
    await transaction.dataKey.create({ data: { ...dataKey, wrapped: Uint8Array.from(wrapped) } });
    const founds = "personId" in owner;
    const person = founds
      ? await findFounder(scope, owner)
      : await findOrCreatePerson(scope, owner);
    const personId = person.id;
    await transaction.member.create({ data: { orgId, id: memberId, personId, role: "owner" } });
    const org = { id: encodeId("org", orgId), slug, name };
    const ownerId = encodeId("member", memberId);
    const after = { ...org, timeZone, home, ownerId, ownerEmail: person.email };
    const change = { subject: org.id, before: null, after, ...(founds && { by: memberId }) };
    return { result: { ...org, ownerId }, change };
  },
});

async function findOrCreatePerson(
  { transaction }: Scope,
  { email, name }: { readonly email: string; readonly name: string },
): Promise<Person> {
  await transaction.person.createMany({
    data: [{ id: newId(), email, name }],
    skipDuplicates: true,
  });
  const person = await transaction.person.findUnique({ where: { email } });
  if (person === null) {
    throw new AppError("unavailable", { message: "The owner could not be saved. Try again." });
  }
  return person;
}

/** Throws `conflict` when they own as many orgs as one person may; of two attempts at once, one waits for the other. */
async function findFounder(
  { transaction }: Scope,
  { personId }: { readonly personId: string },
): Promise<Person> {
  await transaction.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${personId}, 8))::text`;
  const owned = await transaction.$queryRaw<unknown[]>`
    SELECT org_id FROM org.orgs_of_person_1(${personId}::uuid) WHERE role = 'owner'`;
  if (owned.length >= OWNED_MAX) {
    throw new AppError("conflict", {
      message: `You own ${OWNED_MAX} orgs, the most that one person may own.`,
    });
  }
  return transaction.person.findUniqueOrThrow({ where: { id: personId } });
}
