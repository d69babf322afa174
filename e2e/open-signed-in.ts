/** A page of the demo's member, who is signed in. */
import { type Browser, type BrowserContextOptions, expect, type Page } from "@playwright/test";
import type { Ready } from "./product.ts";

export async function openSignedIn(
  browser: Browser,
  ready: Ready,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, ...options });
  await signIn(page, ready);
  return page;
}

/** Gives the page's context the cookie of the demo's member. */
export async function signIn(page: Page, { dashboard, member }: Ready): Promise<void> {
  const answer = await page.request.post(`${dashboard}/api/auth/sign-in`, {
    data: { email: member.email, password: member.password },
    headers: { origin: dashboard, "sec-fetch-site": "same-origin" },
  });
  expect(answer.status()).toBe(200);
}
