/** What the page checks ask a page; the questions run inside it, as `in-page.js` has them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BrowserContext, expect, type Page } from "@playwright/test";

const QUESTIONS = readFileSync(join(import.meta.dirname, "in-page.js"), "utf8");
const AXE = readFileSync(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

/** Before the first page of the context. Axe lies ready in every page, and costs it nothing until it is asked: it is half a megabyte. */
export function lookInto(context: BrowserContext): Promise<unknown> {
  return context.addInitScript(`globalThis.loadAxe = () => {\n${AXE}\n};\n${QUESTIONS}`);
}

export interface Paint {
  readonly lcp: number;
  readonly cls: number;
}

export interface LongTask {
  readonly startTime: number;
  readonly duration: number;
}

interface Questions {
  readonly paint: Paint;
  readonly slowest: number;
  readonly longTasks: readonly LongTask[];
  readonly elements: number;
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

export interface Aspect {
  /** Only what stands over the page: its dialogs and menus. */
  readonly isOver: boolean;
  /** Only what may be wrong with other colours, of what has been looked at. */
  readonly isRecolored: boolean;
}

/** What axe finds in the page as it stands. */
export function violationsOf(page: Page, aspect: Aspect): Promise<readonly string[]> {
  return page.evaluate<readonly string[]>(`look.violations(${JSON.stringify(aspect)})`);
}

/** Goes from page to page within the document. */
export function arrive(page: Page, path: string): Promise<unknown> {
  return page.evaluate(`look.walk(${JSON.stringify(path)})`);
}

/** Until keys and clicks are answered. */
export async function alive(page: Page): Promise<void> {
  // Once more where the page was left meanwhile.
  await expect(() => page.evaluate("look.alive()")).toPass();
}

/** Until keys and clicks are answered, and nothing is on its way that the page shows first. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("load");
  await page.evaluate("look.settled()");
}

/** Of the scripts that the page's own HTML names. */
export function scriptBytes(page: Page, html: string): Promise<number> {
  return page.evaluate<number>(`look.scriptBytes(${JSON.stringify(html)})`);
}
