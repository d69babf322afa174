/** The roles as people choose among them. */
import type { Role } from "@yolo/control/permissions";

export const WRITE_REASON = "For the roles owner and admin.";

/** What each is for, in a few words. */
export const ROLE_HINTS: { readonly [role in Role]: string } = {
  owner: "Everything, other owners included.",
  admin: "Everything but owners, billing and ending the org.",
  developer: "Projects, agents, keys and their policies.",
  approver: "Decides what waits for a person.",
  auditor: "Reads everything, payloads included.",
  billing: "Plan and invoices.",
};

const ROLES: readonly Role[] = ["owner", "admin", "developer", "approver", "auditor", "billing"];

/** Nobody gives a role above their own. */
export function rolesFor(own: Role): readonly Role[] {
  return own === "owner" ? ROLES : ROLES.filter((role) => role !== "owner");
}

/** For a select. Throws for what is none. */
export function roleOf(value: string): Role {
  const role = ROLES.find((one) => one === value);
  if (role === undefined) throw new TypeError(`${value} is no role`);
  return role;
}
