import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PERMISSIONS, ROLES, type Role } from "@yolo/control/permissions";
import { expect, test } from "vitest";
import { ROUTES } from "./routes.ts";

const text = readFileSync(join(import.meta.dirname, "../../../../docs/api.md"), "utf8");

/** The rows of the table whose first head cell is `head`, each as its cells. */
function table(head: string): string[][] {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.split("|")[1]?.trim() === head);
  const rows = lines.slice(start + 2);
  return rows
    .slice(
      0,
      rows.findIndex((line) => !line.startsWith("|")),
    )
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

test("the page lists every route and no other, as the API itself does", () => {
  const routes = Object.entries(ROUTES).map(([route, { summary }]) => [`\`${route}\``, summary]);
  expect(table("route")).toEqual(routes);
});

test("the page says who may do what as the table of permissions does", () => {
  const rows = Object.entries(PERMISSIONS).flatMap(([permission, holders]) => {
    const roles: readonly Role[] = holders;
    const cells = ROLES.map((role) => (roles.includes(role) ? "yes" : ""));
    return roles.length === 0 ? [] : [[`\`${permission}\``, ...cells]];
  });
  expect(table("permission")).toEqual(rows);
});
