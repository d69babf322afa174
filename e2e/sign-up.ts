/** What a stranger does in the browser before they have an org: sign up, open the link of the mail, create it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import type { Product } from "./product.ts";

export interface Stranger {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** Ends on the org's start page. */
export async function signUpAndFound(
  page: Page,
  { data, ready }: Product,
  stranger: Stranger,
  org: { readonly name: string; readonly slug: string },
): Promise<void> {
  await page.goto(`${ready.dashboard}/sign-up`);
  await page.getByLabel("Your name").fill(stranger.name);
  await page.getByLabel("E-mail").fill(stranger.email);
  await page.getByLabel("Password").fill(stranger.password);
  await page.getByRole("button", { name: "Sign up" }).click();
  await page.goto(await mailedLink(data, stranger.email));
  await page.getByLabel("Password").fill(stranger.password);
  await page.getByRole("button", { name: "Confirm and go on" }).click();
  await page.waitForURL("**/orgs/new");
  await page.getByLabel("Name").fill(org.name);
  await page.getByLabel("Slug").fill(org.slug);
  await page.getByRole("button", { name: "Create the org" }).click();
  await page.waitForURL(`**/${org.slug}/start`);
}

/** Without a mail server the dashboard prints each mail's link: that of the last one to this address. */
export async function mailedLink(data: string, to: string): Promise<string> {
  let link = "";
  await expect(() => {
    const log = readFileSync(join(data, "logs", "dashboard.log"), "utf8");
    const line = log.split("\n").findLast((one) => one.startsWith("mail ") && one.includes(to));
    link = JSON.parse(line?.slice("mail ".length) ?? "{}").link;
    expect(link).toMatch(/^http/);
  }).toPass({ timeout: 10_000 });
  return link;
}
