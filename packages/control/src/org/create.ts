/** Founds an org: name, subdomain, settings, data key and owner, in one transaction. */
import { AppError } from "@yolo/core/errors";
import { encodeId, newId } from "@yolo/core/ids";
import { createDataKey } from "@yolo/store/vault";
import { z } from "zod";
import { nameField, shownId, slugField } from "../fields.ts";
import { type Scope, verb } from "../verb.ts";
import { isReservedSlug } from "./reserved-slugs.ts";

const input = z.strictObject({
  slug: slugField().refine((slug) => !isReservedSlug(slug), "is reserved"),
  name: nameField(),
  timeZone: z.string().refine(isTimeZone, "must be a time zone's IANA name").default("UTC"),
  /** The cell the org lives in. */
  home: slugField().default("main"),
  owner: z.strictObject({
    email: z.email().max(254).toLowerCase(),
    name: nameField(),
  }),
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
    const personId = await findOrCreatePerson(scope, owner);
    await transaction.member.create({ data: { orgId, id: memberId, personId, role: "owner" } });
    const org = { id: encodeId("org", orgId), slug, name };
    const ownerId = encodeId("member", memberId);
    const after = { ...org, timeZone, home, ownerId, ownerEmail: owner.email };
    return { result: { ...org, ownerId }, change: { subject: org.id, before: null, after } };
  },
});

async function findOrCreatePerson(
  { transaction }: Scope,
  { email, name }: { readonly email: string; readonly name: string },
): Promise<string> {
  await transaction.person.createMany({
    data: [{ id: newId(), email, name }],
    skipDuplicates: true,
  });
  const person = await transaction.person.findUnique({ where: { email } });
  if (person === null) {
    throw new AppError("unavailable", { message: "The owner could not be saved. Try again." });
  }
  return person.id;
}

/** A name of the IANA time zone database; offsets such as `+01:00` have no daylight saving and are refused. */
function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}
