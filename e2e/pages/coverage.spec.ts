/** Nothing that the dashboard shows is left out of the page checks: no page, no dialog, no menu. */
import { globSync, readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { expect, test } from "@playwright/test";
import { ORG_PAGES } from "./org-pages.ts";
import { PEOPLE_PAGES } from "./people-pages.ts";

const SRC = resolve(import.meta.dirname, "../../apps/dashboard/src");
const PAGES = [...PEOPLE_PAGES, ...ORG_PAGES];
/** What opens over a page is made of one of these, or of Base UI's own. */
const OPENS =
  /from "(\.\.\/)+ui\/(?!lazy-)(\w+-)?(dialog|confirm|menu|popover)\.tsx"|from "@base-ui\/react\/(dialog|menu|popover)"/;

test("every page of the dashboard is checked", () => {
  const pages = globSync("**/page.tsx", { cwd: resolve(SRC, "app") }).map(dirname);
  expect(pages.length).toBeGreaterThan(20);
  expect(PAGES.map(({ page }) => page).sort()).toEqual(pages.sort());
});

test("every dialog and menu of the dashboard is opened", () => {
  const files = globSync("**/*.tsx", { cwd: resolve(SRC, "features") })
    .map((file) => resolve(SRC, "features", file))
    .filter((file) => OPENS.test(readFileSync(file, "utf8")))
    .map((file) => relative(resolve(SRC, "features"), file));
  expect(files.length).toBeGreaterThan(20);
  const opened = PAGES.flatMap(({ dialogs = [], states = [] }) => [
    ...dialogs,
    ...states.flatMap((state) => state.dialogs ?? []),
  ]);
  const opening = new Set(opened.map(({ file }) => file));
  expect([...opening].sort()).toEqual(files.sort());
});
