/** The orgs that a person belongs to. */
import type { Database } from "@yolo/store/prisma";
import { z } from "zod";
import { asAppError } from "../database-error.ts";
import { ROLES, type Role } from "../permissions.ts";

export interface PersonOrg {
  readonly orgId: string;
  readonly slug: string;
  readonly name: string;
  readonly memberId: string;
  readonly role: Role;
}

const rows = z.array(
  z.object({
    orgId: z.uuid(),
    slug: z.string(),
    name: z.string(),
    memberId: z.uuid(),
    role: z.enum(ROLES),
  }),
);

/** By name; memberships that ended are left out. Throws `unavailable`. */
export async function orgsOfPerson(
  database: Database,
  personId: string,
): Promise<readonly PersonOrg[]> {
  try {
    return rows.parse(
      await database.$queryRaw`SELECT org_id AS "orgId", slug, name, member_id AS "memberId", role
        FROM org.orgs_of_person_1(${personId}::uuid)`,
    );
  } catch (thrown) {
    throw asAppError(thrown);
  }
}
