/** Signing in where it is not what is walked. */
import { expect, type Page } from "@playwright/test";
import type { Ready } from "./product.ts";

/** Gives the page's context the cookie of the demo's member. */
export async function signIn(page: Page, { dashboard, member }: Ready): Promise<void> {
  await askForPeople(page, dashboard, "sign-in", member);
}

/** What the forms of people send, without the forms; the page's context has the cookies then. */
export async function askForPeople(
  page: Page,
  dashboard: string,
  path: "sign-up" | "verify" | "sign-in",
  data: object,
): Promise<void> {
  const answer = await page.request.post(`${dashboard}/api/auth/${path}`, {
    data,
    headers: { origin: dashboard, "sec-fetch-site": "same-origin" },
  });
  expect(answer.status(), await answer.text()).toBe(200);
}
