/** What the page checks ask a page; the questions run inside it, as `in-page.js` has them. */
import { join } from "node:path";
import { type BrowserContext, expect, type Page } from "@playwright/test";

/** Before the first page of the context. */
export function lookInto(context: BrowserContext): Promise<unknown> {
  return context.addInitScript({ path: join(import.meta.dirname, "in-page.js") });
}

export interface Paint {
  readonly lcp: number;
  readonly cls: number;
}

interface Questions {
  readonly paint: Paint;
  readonly slowest: number;
  readonly background: string;
  readonly animations: number;
  readonly overflow: readonly string[];
  readonly stop: Stop;
  readonly isFocusLost: boolean;
  readonly isFocusSeen: boolean;
  readonly isFocusUncovered: boolean;
}

/** Where the keyboard is. */
export interface Stop {
  readonly role: string | null;
  readonly name: string;
}

export function look<Name extends keyof Questions>(
  page: Page,
  question: Name,
): Promise<Questions[Name]> {
  return page.evaluate<Questions[Name]>(`look.${question}()`);
}

/** Until keys and clicks are answered. */
export async function alive(page: Page): Promise<void> {
  // Once more where the page was left meanwhile.
  await expect(() => page.evaluate("look.alive()")).toPass();
}

/** Until they are, and nothing is on its way that the page shows first. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("load");
  await alive(page);
  await expect(page.locator("main .animate-pulse")).toHaveCount(0);
}

/** Of the scripts that the page's own HTML names. */
export function scriptBytes(page: Page, html: string): Promise<number> {
  return page.evaluate<number>(`look.scriptBytes(${JSON.stringify(html)})`);
}
