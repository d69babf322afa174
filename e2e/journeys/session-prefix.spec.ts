import { randomUUID } from "node:crypto";
import type { Anthropic } from "@anthropic-ai/sdk";
import { expect, type Page } from "@playwright/test";
import { test as base } from "../journey.ts";
import { openSignedIn } from "../open-signed-in.ts";

interface Run {
  /** The client's own id of the session. */
  readonly session: string;
  readonly page: Page;
}

/** A run of three calls, of which the provider refuses the second with 403. */
const test = base.extend<{ run: Run }>({
  run: async ({ browser, product, anthropic, api }, use) => {
    const session = randomUUID();
    const client = anthropic({ defaultHeaders: { "x-claude-code-session-id": session } });
    await say(client, "read the bucket");
    await say(client, "now the secret one\n#test 403");
    await say(client, "then something else");
    await api.closedRecords(session);
    const page = await openSignedIn(browser, product.ready);
    await page.goto(`${product.ready.dashboard}/demo`);
    await use({ session, page });
    await page.context().close();
  },
});

async function say(client: Anthropic, content: string): Promise<void> {
  const messages = [{ role: "user" as const, content }];
  await client.messages
    .create({ model: "claude-sonnet-4-5", max_tokens: 100, messages })
    .catch(() => undefined);
}

test("the first eight digits of a session open it from anywhere, by keyboard", async ({ run }) => {
  const { page, session } = run;
  const palette = page.getByRole("dialog", { name: "Search or go to" });
  await expect(async () => {
    await page.keyboard.press("Control+k");
    await expect(palette).toBeVisible({ timeout: 500 });
  }).toPass();
  await page.keyboard.type(session.slice(0, 8));
  await expect(page.getByRole("option").first()).toContainText(session);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sessions\/ses_/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(session.slice(0, 8));
  const events = page.getByRole("list", { name: "The run in order" }).getByRole("listitem");
  await expect(events).toHaveCount(3);
  await expect(events.nth(0)).toContainText("read the bucket");
  await expect(events.nth(1)).toContainText("403");
  await expect(page.getByText("Calls", { exact: true }).locator("..")).toContainText("3");
});

test("when it hit that 403, what did it do next?", async ({ run, product }) => {
  const { page, session } = run;
  await page.goto(`${product.ready.dashboard}/demo/activity?status=403&session=${session}`);
  const row = page.getByRole("list", { name: "Records" }).getByRole("link");
  await expect(row).toHaveCount(1);
  await row.click();
  const panel = page.getByRole("complementary", { name: "Record" });
  const next = panel.getByRole("region", { name: "What did it do next?" }).getByRole("listitem");
  await expect(next).toHaveCount(1);
  await next.getByRole("link").click();
  await expect(page).toHaveURL(/\/records\/req_/);
  await expect(page.getByText("then something else").first()).toBeVisible();
  await page.getByRole("link", { name: "Previous" }).click();
  await expect(page.getByText("403", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "The whole session" }).click();
  await expect(page).toHaveURL(/\/sessions\/ses_.*#req_/);
  await expect(page.getByRole("listitem").filter({ hasText: "403" }).first()).toBeInViewport();
});
