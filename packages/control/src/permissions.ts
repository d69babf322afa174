/** One table says who may do what: permission → the roles that hold it. */
import { AppError } from "@yolo/core/errors";
import type { Actor } from "./context.ts";

export const ROLES = ["owner", "admin", "developer", "approver", "auditor", "billing"] as const;
export type Role = (typeof ROLES)[number];

const MANAGERS = ["owner", "admin"] as const;
const BUILDERS = ["owner", "admin", "developer"] as const;
const READERS = ["owner", "admin", "developer", "approver", "auditor"] as const;

/** The product itself holds every permission; a permission without roles is its alone. */
export const PERMISSIONS = {
  "orgs:create": [],
  "projects:read": READERS,
  "projects:write": BUILDERS,
  "agents:read": READERS,
  "agents:write": BUILDERS,
  "agent-keys:read": READERS,
  "agent-keys:write": BUILDERS,
  /** Making a key for which somebody else answers. */
  "agent-keys:write-for-others": MANAGERS,
  "connectors:read": READERS,
  "connectors:write": MANAGERS,
  "policies:read": READERS,
  "policies:write": BUILDERS,
  /** Publishing a starter in enforce when its trial is over. */
  "policies:end-trial": [],
  /** The org's own layer binds every project. */
  "policies:write-org": MANAGERS,
  "records:read": READERS,
  "payloads:read": ["owner", "admin", "auditor"],
  /** One's own. */
  "api-tokens:write": ROLES,
  "api-tokens:write-for-others": [],
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof PERMISSIONS;

/** Whether the actor holds the permission. */
export function holds(actor: Actor, permission: Permission): boolean {
  if (actor.kind === "system") return true;
  const roles: readonly Role[] = PERMISSIONS[permission];
  return roles.includes(actor.role);
}

/** Throws `forbidden` unless the actor holds the permission. */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (actor.kind === "system" || holds(actor, permission)) return;
  const roles: readonly Role[] = PERMISSIONS[permission];
  const whom = roles.length === 0 ? "no member" : `the roles ${roles.join(", ")}`;
  throw new AppError("forbidden", {
    message: `Your role is ${actor.role}; this is for ${whom} (permission ${permission}).`,
    facts: { permission, role: actor.role, roles },
  });
}
