import { expect, type Route } from "@playwright/test";
import { pointer } from "../hands/pointer.ts";
import { test } from "../hands/walk.ts";

const LATER = "**/_next/static/**/*.js";

test("what opens above a page and cannot be fetched says so in its place, and comes when it is tried again", async ({
  owner,
  product,
}) => {
  const { dashboard, org } = product.ready;
  const page = await owner(pointer);
  const html = await (await page.request.get(`${dashboard}/${org}/activity`)).text();
  const fail = (route: Route) =>
    html.includes(new URL(route.request().url()).pathname) ? route.continue() : route.abort();
  await page.route(LATER, fail);
  await page.goto(`${dashboard}/${org}/activity`);
  const opener = page.getByRole("button", { name: /^Search or go to/ });
  const missing = page.getByRole("dialog", { name: "This could not be loaded" });
  await pointer.press(opener);
  await expect(missing).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(missing).toBeHidden();
  await expect(opener).toBeFocused();
  await pointer.press(opener);
  await page.unroute(LATER, fail);
  await pointer.press(missing.getByRole("button", { name: "Try again" }));
  await expect(page.getByRole("dialog").getByRole("combobox")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Activity");
});
