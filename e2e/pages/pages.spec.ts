import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { look, lookInto, scriptBytes, settled } from "./look.ts";
import { PAGES } from "./pages.ts";
import { fill, test, watchProblems } from "./visit.ts";

const WIDE = { width: 1280, height: 860 };
const NARROW = { width: 360, height: 740 };
const SCRIPT_BYTES_MAX = 200 * 1024;
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

for (const check of PAGES) {
  test(`${check.name}: accessible in both themes, fits a phone, small, without a complaint`, async ({
    browser,
    product,
    memberState,
    places,
  }, info) => {
    const context = await browser.newContext({
      viewport: WIDE,
      reducedMotion: "reduce",
      ...(check.signedOut ? {} : { storageState: memberState }),
    });
    await lookInto(context);
    const page = await context.newPage();
    const problems = watchProblems(page);
    const response = await page.goto(product.ready.dashboard + fill(check.path, places));
    expect(response?.status()).toBe(check.status ?? 200);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(check.heading);
    await settled(page);
    const bytes = await scriptBytes(page, (await response?.text()) ?? "");
    expect(bytes).toBeGreaterThan(0);
    expect.soft(bytes, "bytes of scripts").toBeLessThanOrEqual(SCRIPT_BYTES_MAX);
    await check.act?.(page);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect.soft(await violationsOf(page), colorScheme).toEqual([]);
      if (colorScheme === "light")
        await page.screenshot({ path: info.outputPath("light-1280.png") });
    }
    await page.setViewportSize(NARROW);
    expect.soft(await look(page, "overflow"), "overflow").toEqual([]);
    await page.screenshot({ path: info.outputPath("dark-360.png") });
    const { complains } = check;
    expect(problems.filter((problem) => complains?.test(problem) !== true)).toEqual([]);
    await context.close();
  });
}

async function violationsOf(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
