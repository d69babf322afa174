/** Every page in every state that is looked at, one line each. */
import type { Page } from "@playwright/test";

export interface PageCheck {
  readonly name: string;
  /** `{org}`, `{agent}`, …: see `visit.ts`. `{quiet}` is an org in which nothing happened. */
  readonly path: string;
  /** What is seen once it is there, so that no empty frame passes: the main heading. */
  readonly heading: string | RegExp;
  /** By a stranger; else by a member. */
  readonly signedOut?: true;
  /** Of the page itself; else 200. */
  readonly status?: number;
  /** Complaints of the browser that belong to the state, such as the refusal it shows. */
  readonly complains?: RegExp;
  /** Brings it into the state: opens a dialog, sends a form. */
  readonly act?: (page: Page) => Promise<void>;
}

export const PAGES: readonly PageCheck[] = [
  { name: "landing", path: "/", heading: /Let agents run/, signedOut: true },
  { name: "status", path: "/status", heading: "Everything runs.", signedOut: true },
  { name: "docs", path: "/docs", heading: "Docs", signedOut: true },
  { name: "a document", path: "/docs/errors", heading: "Errors", signedOut: true },
  { name: "sign in", path: "/sign-in", heading: "Sign in", signedOut: true },
  { name: "sign up", path: "/sign-up", heading: /Sign up|account/i, signedOut: true },
  { name: "forgot", path: "/forgot", heading: /password/i, signedOut: true },
  { name: "new org", path: "/orgs/new", heading: /org/i },
  { name: "account", path: "/account", heading: /./ },
  { name: "security", path: "/account/security", heading: /./ },
  {
    ...{ name: "missing", path: "/no-such-org", heading: "There is nothing here." },
    ...{ status: 404, complains: /404/ },
  },
  {
    ...{ name: "missing in an org", path: "/{org}/nothing", heading: "There is nothing here." },
    ...{ status: 404, complains: /404/ },
  },
  { name: "home", path: "/{org}", heading: "Home" },
  { name: "home, empty", path: "/{quiet}", heading: "Home" },
  { name: "home, the palette open", path: "/{org}", heading: "Home", act: openPalette },
  { name: "home, the keys open", path: "/{org}", heading: "Home", act: press("?", "Keys") },
  { name: "home, the menu open", path: "/{org}", heading: "Home", act: openMenu },
  { name: "start", path: "/{org}/start", heading: /./ },
  { name: "start, empty", path: "/{quiet}/start", heading: /./ },
  { name: "activity", path: "/{org}/activity", heading: "Activity" },
  { name: "activity, empty", path: "/{quiet}/activity", heading: "Activity" },
  { name: "activity, no match", path: "/{org}/activity?text=zzzzzz", heading: "Activity" },
  {
    ...{ name: "activity, error", path: "/{org}/activity?since=nonsense", heading: "Activity" },
    complains: /422/,
  },
  { name: "record", path: "/{org}/records/{record}", heading: /./ },
  { name: "sessions", path: "/{org}/sessions", heading: "Sessions" },
  { name: "sessions, empty", path: "/{quiet}/sessions", heading: "Sessions" },
  { name: "session", path: "/{org}/sessions/{session}", heading: /./ },
  { name: "agents", path: "/{org}/agents", heading: "Agents" },
  { name: "agents, empty", path: "/{quiet}/agents", heading: "Agents" },
  { name: "agent", path: "/{org}/agents/{agent}", heading: /./ },
  { name: "projects", path: "/{org}/projects", heading: "Projects" },
  { name: "projects, empty", path: "/{quiet}/projects", heading: "Projects" },
  { name: "project", path: "/{org}/projects/{project}", heading: /./ },
  { name: "policies", path: "/{org}/policies", heading: "Policies" },
  { name: "policies, empty", path: "/{quiet}/policies", heading: "Policies" },
  { name: "policy", path: "/{org}/policies/{policy}", heading: /./ },
  { name: "connectors", path: "/{org}/connectors", heading: "Connectors" },
  { name: "connectors, empty", path: "/{quiet}/connectors", heading: "Connectors" },
  { name: "audit", path: "/{org}/audit", heading: "Audit" },
  { name: "organization", path: "/{org}/settings/organization", heading: /./ },
  { name: "members", path: "/{org}/settings/members", heading: /./ },
  { name: "groups", path: "/{org}/settings/groups", heading: /./ },
  { name: "tokens", path: "/{org}/settings/tokens", heading: /./ },
];

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("dialog", { name: "Search or go to" }).getByRole("option").first().waitFor();
}

async function openMenu(page: Page): Promise<void> {
  await page.getByRole("button", { name: /sign out/i }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).waitFor();
}

/** Presses a key and waits for the dialog that it opens. */
function press(key: string, dialog: string): (page: Page) => Promise<void> {
  return async (page) => {
    await page.keyboard.press(key);
    await page.getByRole("dialog", { name: dialog }).waitFor();
  };
}
