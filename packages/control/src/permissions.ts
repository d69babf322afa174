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
  "orgs:read": READERS,
  "orgs:write": MANAGERS,
  "members:read": READERS,
  /** Invitations too. Only owners deal with owners. */
  "members:write": MANAGERS,
  "groups:read": READERS,
  "groups:write": MANAGERS,
  /** Whoever accepts is no member yet. */
  "invitations:accept": [],
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
  "usage:read": ROLES,
  /** What members did. */
  "changes:read": ["owner", "admin", "auditor"],
  /** One's own. */
  "api-tokens:read": ROLES,
  "api-tokens:write": ROLES,
  "api-tokens:write-for-others": [],
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof PERMISSIONS;

/** Whether scopes of an API token cover a permission: `*` all, `agents:*` every one of agents, else the one named. */
export function covers(scopes: readonly string[], permission: Permission): boolean {
  const [noun] = permission.split(":");
  return scopes.some((scope) => scope === "*" || scope === permission || scope === `${noun}:*`);
}

/** Whether the actor holds the permission: by their role and, where they act by an API token, by its scopes. */
export function holds(actor: Actor, permission: Permission): boolean {
  if (actor.kind === "system") return true;
  const roles: readonly Role[] = PERMISSIONS[permission];
  return (
    roles.includes(actor.role) &&
    (actor.token === undefined || covers(actor.token.scopes, permission))
  );
}

/** Throws `forbidden` unless the actor holds the permission; says whether the role or the token's scopes lack it. */
export function requirePermission(actor: Actor, permission: Permission): void {
  if (actor.kind === "system" || holds(actor, permission)) return;
  const { role, token } = actor;
  const roles: readonly Role[] = PERMISSIONS[permission];
  if (roles.includes(role)) {
    const scopes = token?.scopes ?? [];
    throw new AppError("forbidden", {
      message: `This API token lacks the scope ${permission}; it has ${scopes.join(", ")}. Make one that has it.`,
      facts: { permission, scope: permission, scopes },
    });
  }
  const whom = roles.length === 0 ? "no member" : `the roles ${roles.join(", ")}`;
  throw new AppError("forbidden", {
    message: `Your role is ${role}; this is for ${whom} (permission ${permission}).`,
    facts: { permission, role, roles },
  });
}
