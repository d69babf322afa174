import AxeBuilder from "@axe-core/playwright";
import { expect } from "@playwright/test";
import { test } from "../journey.ts";

const WIDTHS = [1280, 360];
const SCHEMES = ["light", "dark"] as const;

for (const width of WIDTHS) {
  for (const colorScheme of SCHEMES) {
    test.describe(`the status page, ${width} pixels wide, ${colorScheme}`, () => {
      test.use({ viewport: { width, height: 800 }, colorScheme });

      test("says what runs, fits, is accessible and logs no error", async ({
        page,
        product,
      }, info) => {
        const problems: string[] = [];
        page.on("console", (message) => {
          if (message.type() === "error" || message.type() === "warning")
            problems.push(message.text());
        });
        page.on("pageerror", (error) => problems.push(error.message));
        page.on("response", (answer) => {
          if (answer.status() >= 400) problems.push(`${answer.status()} ${answer.url()}`);
        });

        const response = await page.goto(product.ready.dashboard, { waitUntil: "networkidle" });
        expect(response?.status()).toBe(200);
        await expect(page.getByRole("heading", { level: 1 })).toHaveText("Everything runs.");
        for (const part of ["Gateway", "Worker", "Database", "Redis", "Test model"]) {
          await expect(page.getByRole("heading", { name: part, exact: true })).toBeVisible();
        }
        const overflow = await page.evaluate<number>(
          "document.documentElement.scrollWidth - document.documentElement.clientWidth",
        );
        expect(overflow).toBe(0);

        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
        expect(problems).toEqual([]);
        await page.screenshot({ fullPage: true, path: info.outputPath("status.png") });
      });
    });
  }
}

test("no key, token or password stands in the page", async ({ page, product, backstage }) => {
  await page.goto(product.ready.dashboard);
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
