/** What a stranger does in the browser before they have an org: sign up, open the link of the mail, create it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import type { Hand } from "./hands/hand.ts";
import { pointer } from "./hands/pointer.ts";
import type { Product } from "./product.ts";
import { askForPeople } from "./sign-in.ts";

export interface Stranger {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

/** Ends on the org's start page. */
export async function signUpAndFound(
  page: Page,
  product: Product,
  stranger: Stranger,
  org: { readonly name: string; readonly slug: string },
  hand: Hand = pointer,
): Promise<void> {
  await page.goto(`${product.ready.dashboard}/sign-up`);
  await signUp(page, product, stranger, hand);
  await page.waitForURL("**/orgs/new");
  await hand.write(page.getByLabel("Name"), org.name);
  await expect(page.getByLabel("Slug")).toHaveValue(org.slug);
  await expect(page.getByText("is free.")).toBeVisible();
  await hand.send(page.getByRole("button", { name: "Create the org" }));
  await page.waitForURL(`**/${org.slug}/start`);
}

/** On the page that asks for it: name, address where none is given, password; then the link of the mail. */
export async function signUp(
  page: Page,
  { data }: Product,
  { name, email, password }: Stranger,
  hand: Hand,
): Promise<void> {
  await hand.write(page.getByLabel("Your name"), name);
  const address = page.getByLabel("E-mail");
  if (await address.isEditable()) await hand.write(address, email);
  else await expect(address).toHaveValue(email);
  await hand.write(page.getByLabel("Password"), password);
  await hand.send(page.getByRole("button", { name: "Sign up" }));
  await expect(page.getByRole("heading", { name: "Look at the terminal" })).toBeVisible();
  await page.goto(await mailedLink(data, email));
  await hand.write(page.getByLabel("Password"), password);
  await hand.send(page.getByRole("button", { name: "Confirm and go on" }));
}

/** Where signing up is not what is walked: the page's context is signed in. */
export async function signUpAside(page: Page, product: Product, stranger: Stranger): Promise<void> {
  const { dashboard } = product.ready;
  await askForPeople(page, dashboard, "sign-up", stranger);
  const link = new URL(await mailedLink(product.data, stranger.email));
  const token = link.searchParams.get("token");
  await askForPeople(page, dashboard, "verify", { token, password: stranger.password });
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
