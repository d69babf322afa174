import { readdirSync } from "node:fs";
import { join } from "node:path";
import { isReservedSlug } from "@yolo/control/org/reserved-slugs";
import { expect, test } from "vitest";

/** The first parts of every page's address, through groups of routes, which have none. */
function topLevel(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^[[_]/.test(entry.name))
    .flatMap(({ name }) => (name.startsWith("(") ? topLevel(join(folder, name)) : [name]));
}

test("no org can be founded where a page of ours stands", () => {
  const names = topLevel(join(import.meta.dirname, "..", "app"));
  expect(names).toEqual(expect.arrayContaining(["sign-in", "invite", "orgs", "account", "api"]));
  expect(names.filter((name) => !isReservedSlug(name))).toEqual([]);
});
