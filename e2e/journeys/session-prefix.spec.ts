import { randomUUID } from "node:crypto";
import type { Anthropic } from "@anthropic-ai/sdk";
import { expect } from "@playwright/test";
import { HANDS, test } from "../hands/walk.ts";

/** The client's own id of a run of three calls, of which the provider refuses the second with 403. */
const session = randomUUID();

test.beforeAll(async ({ anthropic, api }) => {
  const client = anthropic({ defaultHeaders: { "x-claude-code-session-id": session } });
  await say(client, "read the bucket");
  await say(client, "now the secret one\n#test 403");
  await say(client, "then something else");
  await api.closedRecords(session);
});

for (const hand of HANDS) {
  test(`${hand.name}: the first eight digits of a session open it from anywhere`, async ({
    owner,
    product,
  }) => {
    const page = await owner(hand);
    await page.goto(`${product.ready.dashboard}/demo`);
    await hand.search(page, session.slice(0, 8));
    const found = page.getByRole("option").first();
    await expect(found).toContainText(session);
    await hand.send(found);
    await expect(page).toHaveURL(/\/sessions\/ses_/);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(session.slice(0, 8));
    const events = page.getByRole("list", { name: "The run in order" }).getByRole("listitem");
    await expect(events).toHaveCount(3);
    await expect(events.nth(0)).toContainText("read the bucket");
    await expect(events.nth(1)).toContainText("403");
    await expect(page.getByText("Calls", { exact: true }).locator("..")).toContainText("3");
  });

  test(`${hand.name}: when it hit that 403, what did it do next?`, async ({ owner, product }) => {
    const page = await owner(hand);
    await page.goto(`${product.ready.dashboard}/demo/activity?status=403&session=${session}`);
    const row = page.getByRole("list", { name: "Records" }).getByRole("link");
    await expect(row).toHaveCount(1);
    await hand.press(row);
    const section = page.getByRole("region", { name: "What did it do next?" });
    const next = section.getByRole("listitem");
    await expect(next).toHaveCount(1);
    await hand.press(next.getByRole("link"));
    await expect(page).toHaveURL(/\/records\/req_/);
    await expect(page.getByText("then something else").first()).toBeVisible();
    await hand.press(page.getByRole("link", { name: "Previous" }));
    await expect(page.getByText("403", { exact: true })).toBeVisible();
    await hand.press(page.getByRole("link", { name: "The whole session" }));
    await expect(page).toHaveURL(/\/sessions\/ses_.*#req_/);
    await expect(page.getByRole("listitem").filter({ hasText: "403" }).first()).toBeInViewport();
  });
}

async function say(client: Anthropic, content: string): Promise<void> {
  const messages = [{ role: "user" as const, content }];
  await client.messages
    .create({ model: "claude-sonnet-4-5", max_tokens: 100, messages })
    .catch(() => undefined);
}
