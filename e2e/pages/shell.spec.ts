import { expect, type Page } from "@playwright/test";
import { look, settled } from "./look.ts";
import { NARROW, WIDE } from "./sound.ts";
import { test as base, fill } from "./visit.ts";
import { createVisitor } from "./visitor.ts";

const DARK = "rgb(19, 20, 18)";
const LIGHT = "rgb(251, 250, 247)";

const test = base.extend<{ visit: (path: string) => Promise<Page> }>({
  visit: async ({ member, places }, use) => {
    await use(async (path) => {
      await member.load(fill(path, places));
      await settled(member.page);
      return member.page;
    });
    expect(member.problems).toEqual([]);
  },
});

test("the icon is also where browsers ask for it by themselves, whoever they belong to", async ({
  member,
  stranger,
  product,
}) => {
  for (const { page } of [member, stranger]) {
    const icon = await page.request.get(`${product.ready.dashboard}/favicon.ico`);
    expect(icon.status()).toBe(200);
    expect(icon.headers()["content-type"]).toBe("image/svg+xml");
  }
});

test("the first stop of the keyboard leads past the navigation", async ({ visit }) => {
  const page = await visit("/{org}");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the page" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});

test("the palette finds a record by the beginning of its id, and gives the focus back", async ({
  visit,
  places,
}) => {
  const page = await visit("/{org}");
  const opener = page.getByRole("button", { name: /Search or go to/ });
  await opener.focus();
  await page.keyboard.press("ControlOrMeta+k");
  const search = page.getByRole("combobox");
  await expect(search).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(opener).toBeFocused();
  await page.keyboard.press("ControlOrMeta+k");
  await search.fill(places.record?.slice(0, 30) ?? "");
  await expect(page.getByRole("option").first()).toContainText("Record");
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/records/${places.record}`);
});

test("keys go to pages, to the page's search and show what they do; not while one types", async ({
  visit,
}) => {
  const page = await visit("/{org}");
  await page.keyboard.press("g");
  await page.keyboard.press("a");
  await page.waitForURL("**/activity");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Activity");
  await page.keyboard.press("/");
  const search = page.getByRole("main").getByRole("searchbox");
  await expect(search).toBeFocused();
  await page.keyboard.type("g s?");
  await expect(search).toHaveValue("g s?");
  expect(new URL(page.url()).pathname).toMatch(/\/activity$/);
  await search.blur();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeHidden();
});

test("a chosen theme is there with the first byte, also against the device's", async ({
  browser,
  memberState: storageState,
  product,
  places,
}) => {
  // The choice is kept, so somebody else's browser makes it.
  await using context = await browser.newContext({ storageState });
  const { page, load } = await createVisitor(context, product.ready.dashboard);
  await load(fill("/{org}", places));
  await settled(page);
  await page.emulateMedia({ colorScheme: "light" });
  expect(await look(page, "background")).toBe(LIGHT);
  await page.getByRole("button", { name: /sign out/i }).click();
  const kept = page.waitForResponse((answer) => answer.request().method() === "POST");
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect.poll(() => look(page, "background")).toBe(DARK);
  await kept;
  const response = await page.reload({ waitUntil: "commit" });
  expect(await response?.text()).toContain('data-theme="dark"');
  expect(await look(page, "background")).toBe(DARK);
});

test("nothing moves for those who asked for it", async ({ visit }) => {
  const page = await visit("/{org}");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
  expect(await look(page, "animations")).toBe(0);
});

test("on a phone the menu opens, leads on and closes", async ({ visit }) => {
  const page = await visit("/{org}");
  await page.setViewportSize(NARROW);
  await page.getByRole("button", { name: "Menu" }).click();
  const menu = page.getByRole("dialog", { name: "Menu" });
  await menu.getByRole("link", { name: "Agents" }).click();
  await page.waitForURL("**/agents");
  await expect(menu).toBeHidden();
  await page.setViewportSize(WIDE);
});
