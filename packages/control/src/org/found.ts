/** What a person does who founds an org of their own. */
import { newId } from "@yolo/core/ids";
import type { Database } from "@yolo/store/prisma";
import type { Context } from "../context.ts";
import { asAppError } from "../database-error.ts";
import { slugField } from "../fields.ts";
import { createOrg } from "./create.ts";
import { isReservedSlug } from "./reserved-slugs.ts";

export interface NewOrg {
  readonly slug: string;
  readonly name: string;
  readonly timeZone?: string | undefined;
}

/**
 * Founds it with the person as its owner, in whose name it stands on record.
 * Throws `invalid_input`, and `conflict` for a slug that is taken and for the eleventh org that a person owns.
 */
export async function foundOrg(
  context: Omit<Context, "actor">,
  personId: string,
  { slug, name, timeZone }: NewOrg,
): Promise<{ readonly slug: string }> {
  const actor = { kind: "system", orgId: newId() } as const;
  const named = { slug, name, ...(timeZone !== undefined && { timeZone }) };
  return createOrg.run({ ...context, actor }, { ...named, owner: { personId } });
}

/** Why an org cannot have this slug now; undefined: it can. Throws `unavailable`. */
export async function slugProblem(database: Database, slug: string): Promise<string | undefined> {
  const parsed = slugField().safeParse(slug);
  if (!parsed.success) return "Lower-case letters, digits and hyphens inside, at most 63.";
  if (isReservedSlug(slug)) return "This name is reserved.";
  try {
    const taken = await database.org.findUnique({ where: { slug } });
    return taken === null ? undefined : "This name is taken.";
  } catch (thrown) {
    throw asAppError(thrown);
  }
}
