/** The scopes that an API token may have: all, every permission of one noun, or single permissions. */
import { z } from "zod";
import type { Actor } from "../context.ts";
import { covers, holds, PERMISSIONS, type Permission } from "../permissions.ts";

const ALL = Object.keys(PERMISSIONS).filter((name): name is Permission =>
  Object.hasOwn(PERMISSIONS, name),
);
/** Without those that no member holds. */
const GIVEN = ALL.filter((permission) => PERMISSIONS[permission].length > 0);
const NOUNS = new Set(GIVEN.map((permission) => permission.split(":")[0]));

export const SCOPES: readonly string[] = ["*", ...[...NOUNS].map((noun) => `${noun}:*`), ...GIVEN];

export const scopesField = z
  .array(z.enum(SCOPES))
  .min(1)
  .max(SCOPES.length)
  .refine((scopes) => new Set(scopes).size === scopes.length, "names a scope twice")
  .meta({
    description:
      "What the token may do at most, and never more than its member's role at that moment: `*`, `agents:*` or single permissions.",
  });

/**
 * The permissions in these scopes that are not the actor's to give. `*` and `agents:*` mean what the role allows, so
 * that only a token's own scopes can fall short of them; a permission that is named must be held.
 */
export function notTheirs(actor: Actor, scopes: readonly string[]): readonly Permission[] {
  const signedIn = actor.kind === "member" ? withoutToken(actor) : actor;
  return ALL.filter(
    (permission) =>
      covers(scopes, permission) &&
      !holds(actor, permission) &&
      (scopes.includes(permission) || holds(signedIn, permission)),
  );
}

function withoutToken({ token, ...member }: Extract<Actor, { kind: "member" }>): Actor {
  return member;
}
