/** `docs/permissions.md`, made of the table of permissions and of the verbs that ask for them. */
import { SCOPES } from "../src/api-token/scopes.ts";
import { PERMISSIONS, type Permission, ROLES, type Role } from "../src/permissions.ts";
import type { Verb } from "../src/verb.ts";

const HEAD = `# Permissions

Everything a member can do asks for one permission, and a role holds a permission or does not. This page is made of the
table that the product itself asks (\`vitest run packages/control/src/permissions.test.ts -u\` makes it anew), so it
cannot say anything else.

## By role

`;

const SCOPES_HEAD = `
## By API token

A token may do what its scopes cover **and** its member's role allows at that moment. A scope is a permission, every
permission of a noun (\`agents:*\`), or everything (\`*\`). Nobody makes a token that may more than they may themselves,
neither beyond their role nor beyond the scopes of the token they make it with. A refusal names the scope that is missing:
[forbidden](errors.md#forbidden).

`;

const ASKED_HEAD = `
## What asks for them

Verbs by their names on record (\`GET /api/v1/changes\`). What no verb asks for at its door is asked inside one: making a key
or a token for somebody else, publishing in the org's own layer, seeing what was said.

`;

/** The whole text. */
export function permissionsDocument(verbs: Iterable<Verb>): string {
  const given = Object.keys(PERMISSIONS).filter(isPermission).filter(isGiven);
  const askedBy = Map.groupBy(verbs, ({ permission }) => permission);
  return [
    HEAD,
    table(["permission", ...ROLES], given.map(rolesOf)),
    SCOPES_HEAD,
    `${SCOPES.filter((scope) => scope.endsWith("*"))
      .map((scope) => `\`${scope}\``)
      .join(", ")}, and each permission above by its name.\n`,
    ASKED_HEAD,
    table(
      ["permission", "verbs"],
      given.map((permission) => {
        const names = (askedBy.get(permission) ?? []).map(({ name }) => name).sort();
        return [`\`${permission}\``, names.map((name) => `\`${name}\``).join(", ")];
      }),
    ),
  ].join("");
}

function isPermission(name: string): name is Permission {
  return Object.hasOwn(PERMISSIONS, name);
}

/** To some role; the others are the product's own. */
function isGiven(permission: Permission): boolean {
  return PERMISSIONS[permission].length > 0;
}

function rolesOf(permission: Permission): readonly string[] {
  const holders: readonly Role[] = PERMISSIONS[permission];
  return [`\`${permission}\``, ...ROLES.map((role) => (holders.includes(role) ? "yes" : ""))];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `|${cells.map((cell) => (cell === "" ? " " : ` ${cell} `)).join("|")}|\n`;
  return [head, head.map(() => "---"), ...rows].map(line).join("");
}
