import { expect } from "@playwright/test";
import { test } from "../journey.ts";
import { mailedLink } from "../sign-up.ts";

const EMAIL = "stella@stranger.example";
const FIRST = "a long enough sentence";
const SECOND = "another long sentence";

test("a stranger signs up, founds an org, forgets the password and comes back, all by keyboard", async ({
  page,
  product,
}) => {
  const { dashboard } = product.ready;
  const type = async (...fields: readonly string[]) => {
    for (const [index, text] of fields.entries()) {
      if (index > 0) await page.keyboard.press("Tab");
      await page.keyboard.type(text);
    }
    await page.keyboard.press("Enter");
  };

  await page.goto(`${dashboard}/sign-up?next=https%3A%2F%2Fevil.example%2F`);
  await expect(page.getByLabel("Your name")).toBeFocused();
  await type("Stella Stranger", EMAIL, "short");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("at least 12 characters");
  await page.getByLabel("Password").focus();
  await page.keyboard.press("ControlOrMeta+a");
  await type(FIRST);
  await expect(page.getByRole("heading", { name: "Look at the terminal" })).toBeVisible();

  await page.goto(await mailedLink(product.data, EMAIL));
  await expect(page.getByLabel("Password")).toBeFocused();
  await type(FIRST);
  await page.waitForURL(`${dashboard}/orgs/new`);
  await expect(page.getByLabel("Name")).toBeFocused();
  await page.keyboard.type("Demo");
  await expect(page.getByRole("main").getByRole("alert")).toContainText("taken");
  await page.keyboard.type(" of Stella");
  await expect(page.getByLabel("Slug")).toHaveValue("demo-of-stella");
  await expect(page.getByText("is free.")).toBeVisible();
  await page.keyboard.press("Enter");
  await page.waitForURL(`${dashboard}/demo-of-stella/start`);

  await page.context().clearCookies();
  await page.goto(`${dashboard}/demo-of-stella/settings/members`);
  await expect(page).toHaveURL(/\/sign-in\?next=%2Fdemo-of-stella%2Fsettings%2Fmembers$/);
  await page.goto(`${dashboard}/forgot`);
  await expect(page.getByLabel("E-mail")).toBeFocused();
  await type(EMAIL);
  await expect(page.getByRole("heading", { name: "Look at the terminal" })).toBeVisible();
  await page.goto(await mailedLink(product.data, EMAIL));
  await expect(page.getByLabel("New password")).toBeFocused();
  await type(SECOND);
  await page.waitForURL(/\/sign-in\?reset/);
  await page.goto(`${dashboard}/sign-in?next=%2Fdemo-of-stella%2Fsettings%2Fmembers`);
  await type(EMAIL, FIRST);
  await expect(page.getByRole("main").getByRole("alert")).toContainText("do not belong together");
  await page.getByLabel("Password").focus();
  await page.keyboard.press("ControlOrMeta+a");
  await type(SECOND);
  await page.waitForURL(`${dashboard}/demo-of-stella/settings/members`);
  await expect(page.getByRole("cell", { name: EMAIL })).toBeVisible();
});
