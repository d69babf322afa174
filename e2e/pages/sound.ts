/** What holds in every state of every page: axe finds nothing in either theme, and nothing is wider than a screen or a phone. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import { look, violationsOf } from "./look.ts";

export const WIDE = { width: 1280, height: 860 };
export const NARROW = { width: 360, height: 740 };

/** A folder for a picture of each state, to be looked at. */
const { SCREENSHOTS } = process.env;

interface Aspect {
  /** Of the screen on which there is such a thing; else wide. */
  readonly size?: { readonly width: number; readonly height: number } | undefined;
  /** The page below has been looked at, and only what stands over it is new. */
  readonly isOver?: boolean;
}

/** The dark theme differs in colours alone, so only what depends on them is asked again. */
export async function expectSound(page: Page, state: string, aspect: Aspect = {}): Promise<void> {
  const { size = WIDE, isOver = false } = aspect;
  const isNarrow = size === NARROW;
  const light = await violationsOf(page, { isOver, isRecolored: false });
  expect.soft(light, `${state}, light: axe`).toEqual([]);
  await picture(page, `${state} light ${size.width}`);
  if (!isNarrow) await expectFits(page, state, size.width);
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await violationsOf(page, { isOver, isRecolored: true });
  expect.soft(dark, `${state}, dark: axe`).toEqual([]);
  if (!isNarrow) await page.setViewportSize(NARROW);
  await expectFits(page, state, NARROW.width);
  expect.soft(await look(page, "animations"), `${state}: what moves`).toBe(0);
  await picture(page, `${state} dark ${NARROW.width}`);
  await page.emulateMedia({ colorScheme: "light" });
  if (!isNarrow) await page.setViewportSize(size);
}

async function expectFits(page: Page, state: string, width: number): Promise<void> {
  expect.soft(await look(page, "overflow"), `${state}, ${width} px: overflow`).toEqual([]);
}

async function picture(page: Page, name: string): Promise<void> {
  if (SCREENSHOTS === undefined) return;
  mkdirSync(SCREENSHOTS, { recursive: true });
  // Chromium may draw nothing more of a page behind another.
  await page.bringToFront();
  await page.screenshot({ path: join(SCREENSHOTS, `${name.replaceAll(/\W+/g, "-")}.png`) });
}
