/** Every page when it fails: what the database refuses is said, in place, and a way to try again is there; so is what the network swallows. */
import { expect, type Page } from "@playwright/test";
import { settled } from "./look.ts";
import { ORG_PAGES } from "./org-pages.ts";
import { PEOPLE_PAGES } from "./people-pages.ts";
import { refuse } from "./refusals.ts";
import { expectSound } from "./sound.ts";
import { fill, test } from "./visit.ts";

/** What is asked again by itself, before a failure is shown, waits no longer than this. */
const RETRY_MS = 2_000;
/** React says so of what the server could not render. */
const REFUSED = /\b500\b|React error #441/;

const PAGES = [...PEOPLE_PAGES, ...ORG_PAGES];

for (const check of PAGES.filter(({ error }) => error === "reads")) {
  test(`${check.page} says what it could not read`, async ({ hurried, places, backstage }) => {
    const { page, problems } = hurried;
    await using _ = await refuse(backstage, "reads");
    await hurried.walk(fill(check.path, places));
    await failed(page);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    await settled(page);
    const alert = page.getByRole("main").getByRole("alert").first();
    await expect(alert).toContainText("Request");
    await expect(alert.getByRole("button", { name: "Try again" })).toBeVisible();
    await expectSound(page, `${check.page} error`);
    expect(problems.filter((problem) => !REFUSED.test(problem))).toEqual([]);
  });
}

for (const check of PAGES.filter(({ error }) => error === "frame")) {
  test(`${check.page} says that it could not be made`, async ({ member, backstage }) => {
    await using _ = await refuse(backstage, "frame");
    const response = await member.load(check.path);
    expect(response?.status()).toBe(500);
    await expect(member.page.getByRole("heading", { level: 1 })).toHaveText(
      "This page could not be made.",
    );
    await expectSound(member.page, `${check.page} error`);
    expect(member.problems.filter((problem) => !REFUSED.test(problem))).toEqual([]);
  });
}

for (const check of PAGES) {
  const { error } = check;
  if (typeof error !== "function") continue;
  test(`${check.page} says that no answer came`, async ({ member, stranger, places }) => {
    const visitor = check.signedOut ? stranger : member;
    const { page, problems } = visitor;
    await visitor.walk(fill(check.path, places));
    await settled(page);
    await using _ = await goOffline(page);
    await error(page);
    await expect(page.getByText(/No answer came|has lost its server/).first()).toBeVisible();
    await expectSound(page, `${check.page} error`);
    expect(problems.filter((problem) => !problem.includes("ERR_INTERNET"))).toEqual([]);
  });
}

test("what failed is read once it can be, when it is tried again", async ({
  hurried,
  places,
  backstage,
}) => {
  const { page } = hurried;
  {
    await using _ = await refuse(backstage, "reads");
    await hurried.load(fill("/{org}/agents", places));
    await failed(page);
  }
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("list", { name: "Agents" })).toContainText("checkout");
  await expect(page.getByRole("main").getByRole("alert")).toHaveCount(0);
});

/** Goes past the pauses between the page's own tries. */
async function failed(page: Page): Promise<void> {
  const main = page.getByRole("main");
  await expect(async () => {
    await page.clock.fastForward(RETRY_MS);
    expect(await main.getByRole("alert").first().isVisible()).toBe(true);
    expect(await main.locator(".animate-pulse").count()).toBe(0);
  }).toPass({ intervals: [50] });
}

async function goOffline(page: Page): Promise<AsyncDisposable> {
  await page.context().setOffline(true);
  return { [Symbol.asyncDispose]: () => page.context().setOffline(false) };
}
