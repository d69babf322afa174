import { expect } from "@playwright/test";
import { test } from "../journey.ts";

test("the status page names every part", async ({ page, product }) => {
  await page.goto(`${product.ready.dashboard}/status`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Everything runs.");
  for (const part of ["Gateway", "Worker", "Database", "Redis", "Test model"]) {
    await expect(page.getByRole("heading", { name: part, exact: true })).toBeVisible();
  }
});

test("no key, token or password stands in the page", async ({ page, product, backstage }) => {
  await page.goto(`${product.ready.dashboard}/status`);
  const html = await page.content();
  const { password } = new URL(backstage.appUrl);
  for (const secret of [product.ready.agentKey, product.ready.apiToken, password]) {
    expect(html).not.toContain(secret);
  }
  expect(html, "an address with a user in it").not.toMatch(/\w+:\/\/[^/\s"]*@/);
});

test("the link in an error of the API leads to what the error means", async ({ page, api }) => {
  const { code, docs } = await api.error(`/records/req_${"0".repeat(32)}`);
  await page.goto(docs);
  await expect(page.getByRole("heading", { name: code, exact: true })).toBeInViewport();
});
