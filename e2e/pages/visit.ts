/**
 * The `test` of the page checks: a member who is signed in, the large org with something of everything, and one where
 * nothing happened.
 */
import { type BrowserContextOptions, expect, type Page } from "@playwright/test";
import { type Api, connectApi } from "../api.ts";
import { test as base } from "../journey.ts";
import { LARGE_MS, type LargeOrg, seedLargeOrg } from "../large-org.ts";
import { furnish, type Places } from "./furnish.ts";
import { WIDE } from "./sound.ts";
import { createVisitor, type Visitor } from "./visitor.ts";

type State = Awaited<ReturnType<ReturnType<Page["context"]>["storageState"]>>;

interface PerSuite {
  /** The cookies of the demo's owner, to whom the other orgs belong too. */
  readonly memberState: State;
  readonly large: LargeOrg;
  readonly largeApi: Api;
  readonly places: Places;
  readonly member: Visitor;
  /** Somebody who is not signed in. */
  readonly stranger: Visitor;
  /** A member on a page whose time can be wound forward. */
  readonly hurried: Visitor;
}

/** Whose animations are off, so that nothing has to be waited for before it is looked at. */
const STILL: BrowserContextOptions = { viewport: WIDE, reducedMotion: "reduce" };

/** An org in which nothing happened. */
const QUIET = { name: "Quiet", slug: "quiet-pages" };

/** All in one place: whoever adds one of its own gets another worker, with another product and another large org. */
export const test = base.extend<object, PerSuite>({
  memberState: [
    async ({ browser, product }, use) => {
      const context = await browser.newContext();
      const { dashboard, member } = product.ready;
      const headers = { origin: dashboard };
      const signedIn = await context.request.post(`${dashboard}/api/auth/sign-in`, {
        data: { email: member.email, password: member.password },
        headers,
      });
      expect(signedIn.status(), await signedIn.text()).toBe(200);
      const founded = await context.request.post(`${dashboard}/api/auth/orgs`, {
        data: QUIET,
        headers,
      });
      expect(founded.status(), await founded.text()).toBe(200);
      await use(await context.storageState());
      await context.close();
    },
    { scope: "worker" },
  ],
  large: [
    async ({ backstage }, use) => use(await seedLargeOrg(backstage)),
    { scope: "worker", timeout: LARGE_MS },
  ],
  largeApi: [
    async ({ product, large }, use) => use(connectApi(product.ready.dashboard, large.apiToken)),
    { scope: "worker" },
  ],
  places: [
    async ({ product, large }, use) => {
      await use({
        ...(await furnish(product.ready, large)),
        quiet: QUIET.slug,
      });
    },
    { scope: "worker" },
  ],
  member: [
    async ({ browser, product, memberState: storageState }, use) => {
      const context = await browser.newContext({ ...STILL, storageState });
      await use(await createVisitor(context, product.ready.dashboard));
      await context.close();
    },
    { scope: "worker" },
  ],
  stranger: [
    async ({ browser, product }, use) => {
      const context = await browser.newContext(STILL);
      await use(await createVisitor(context, product.ready.dashboard));
      await context.close();
    },
    { scope: "worker" },
  ],
  hurried: [
    async ({ browser, product, memberState: storageState }, use) => {
      const context = await browser.newContext({ ...STILL, storageState });
      await context.clock.install();
      await use(await createVisitor(context, product.ready.dashboard));
      await context.close();
    },
    { scope: "worker" },
  ],
});

/** `/{org}/agents` with the places filled in. Throws for a place that there is not. */
export function fill(path: string, places: Places): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = places[name];
    if (value === undefined) throw new Error(`no such place: ${name}`);
    return value;
  });
}
