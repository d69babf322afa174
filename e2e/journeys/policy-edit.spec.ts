import Anthropic from "@anthropic-ai/sdk";
import { type Browser, expect, type Page } from "@playwright/test";
import type { Api } from "../api.ts";
import { REQUEST_ID_HEADER, test } from "../journey.ts";
import type { Ready } from "../product.ts";

const HAIKU = {
  model: "claude-haiku-4-5",
  max_tokens: 20,
  messages: [{ role: "user" as const, content: "hello" }],
};
const RULE = [
  "- deny: llm:invoke",
  "on: anthropic/claude-haiku-*",
  "id: no-haiku",
  "reason: Too small for this",
];

interface Policy {
  readonly id: string;
  readonly liveVersion: number;
  readonly text: string;
}

async function readPolicy(api: Api, id: string): Promise<Policy> {
  return JSON.parse(JSON.stringify((await api.get(`/policies/${id}`)).body));
}

async function demoPolicy(api: Api): Promise<Policy> {
  const { data } = JSON.parse(JSON.stringify((await api.get("/policies")).body));
  return readPolicy(api, data[0].id);
}

async function publish(api: Api, { id, liveVersion: base }: Policy, text: string, message: string) {
  const { status } = await api.post(`/policies/${id}/versions`, { base, text, message });
  expect(status).toBe(201);
}

/** A page of the demo's member, signed in once for all. */
async function openSignedIn(browser: Browser, { dashboard, member }: Ready): Promise<Page> {
  const page = await browser.newPage();
  const { status } = await page.request
    .post(`${dashboard}/api/auth/sign-in`, {
      data: { email: member.email, password: member.password },
      headers: { origin: dashboard, "sec-fetch-site": "same-origin" },
    })
    .then((answer) => ({ status: answer.status() }));
  expect(status).toBe(200);
  return page;
}

function editorOf(page: Page) {
  return page.getByRole("textbox", { name: "The policy's text" });
}

/** Types a rule as the first of `rules:`, by keyboard alone. */
async function typeRule(page: Page, rule: readonly string[]): Promise<void> {
  const editor = editorOf(page);
  await editor.focus();
  await page.keyboard.press("Control+Home");
  const lines = await page.locator(".cm-line").allTextContents();
  for (let line = 0; line < lines.indexOf("rules:"); line += 1)
    await page.keyboard.press("ArrowDown");
  await page.keyboard.press("End");
  for (const line of rule) {
    await page.keyboard.press("Enter");
    await page.keyboard.type(line);
    await page.keyboard.press("Escape");
  }
}

/** The product is shared: whoever comes next finds the policy as it was made. */
test.afterAll(async ({ api }) => {
  const { id, liveVersion: base } = await demoPolicy(api);
  if (base > 1) await api.post(`/policies/${id}/rollback`, { base, to: 1 });
});

test("by keyboard: edit, publish; the next call is refused with reason, rule and line; rolled back, it passes", async ({
  browser,
  product,
  api,
  anthropic,
}) => {
  const { dashboard, org } = product.ready;
  const policy = await demoPolicy(api);
  await anthropic().messages.create(HAIKU);
  const page = await openSignedIn(browser, product.ready);
  await page.goto(`${dashboard}/${org}/policies/${policy.id}`);
  await typeRule(page, RULE);
  const problems = page.getByRole("region", { name: "Problems" });
  await expect(problems).toContainText("No problems");
  await expect(problems).not.toContainText("running the tests");

  // Escape, then Tab leaves the editor; Shift+Tab goes back to what stands above it.
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(editorOf(page)).not.toBeFocused();
  await page.getByRole("button", { name: "Publish…" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: `Publish version ${policy.liveVersion + 1}` });
  await expect(dialog).toContainText("deny llm:invoke on anthropic/claude-haiku-*");
  await expect(dialog.getByLabel("What changes, in a few words")).toBeFocused();
  await page.keyboard.type("No Haiku");
  await expect(dialog).toContainText("In enforce");
  await page.keyboard.press("Enter");
  await expect(page.getByText(`Version ${policy.liveVersion + 1} is in force`)).toBeVisible();

  const refused = await anthropic()
    .messages.create(HAIKU)
    .then(
      () => undefined,
      (error: unknown) => error,
    );
  if (!(refused instanceof Anthropic.PermissionDeniedError)) throw refused;
  const published = await readPolicy(api, policy.id);
  const line = published.text.split("\n").findIndex((one) => one.includes(RULE[0] ?? "")) + 1;
  expect(refused.message).toContain(`rule \`no-haiku\` (line ${line}): Too small for this`);
  const record = await api.closedRecord(refused.headers.get(REQUEST_ID_HEADER) ?? "");
  expect(record.rules).toMatchObject([{ id: "no-haiku", line, version: published.liveVersion }]);

  // The address that records link to: this version, this line.
  await page.goto(
    `${dashboard}/${org}/policies/${policy.id}?version=${published.liveVersion}&line=${line}`,
  );
  await expect(page.locator(".cm-named-line")).toHaveText(/- deny: llm:invoke/);
  await page.goto(`${dashboard}/${org}/policies/${policy.id}?tab=versions`);
  const before = page.getByRole("listitem").filter({ hasText: `Version ${policy.liveVersion}` });
  await before.getByRole("button", { name: "Roll back…" }).click();
  await page.getByRole("button", { name: "Roll back", exact: true }).click();
  await expect(page.getByText(`Version ${published.liveVersion + 1} is in force`)).toBeVisible();
  await anthropic().messages.create(HAIKU);
  expect((await readPolicy(api, policy.id)).text).toBe(policy.text);
  await page.close();
});

test("a draft survives a reload at once, and is on the next device", async ({
  browser,
  product,
  api,
}) => {
  const { dashboard, org } = product.ready;
  const { id, text } = await demoPolicy(api);
  const page = await openSignedIn(browser, product.ready);
  await page.goto(`${dashboard}/${org}/policies/${id}`);
  await editorOf(page).focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("# written a moment ago");
  await page.keyboard.press("Enter");
  await page.reload();
  await expect(editorOf(page)).toContainText("# written a moment ago");
  await expect(page.getByText(/^Draft saved/)).toBeVisible();
  const other = await openSignedIn(browser, product.ready);
  await other.goto(`${dashboard}/${org}/policies/${id}`);
  await expect(editorOf(other)).toContainText("# written a moment ago");
  expect((await readPolicy(api, id)).text, "a draft decides nothing").toBe(text);
  await other.close();
  await api.delete(`/policies/${id}/draft`);
  await page.close();
});

test("somebody publishes meanwhile: it is shown, nothing is lost, and the two are brought together", async ({
  browser,
  product,
  api,
}) => {
  const { dashboard, org } = product.ready;
  const policy = await demoPolicy(api);
  const page = await openSignedIn(browser, product.ready);
  await page.goto(`${dashboard}/${org}/policies/${policy.id}`);
  await typeRule(page, ["- deny: git:force_push", "id: mine"]);
  await expect(page.getByText(/^Draft saved/)).toBeVisible();
  const theirs = `${policy.text.trimEnd()}\n  - deny: git:delete_ref\n    id: theirs\n`;
  await publish(api, policy, theirs, "No branch is deleted");

  await expect(page.getByText("“No branch is deleted”")).toBeVisible();
  await expect(editorOf(page)).toContainText("id: mine");
  await expect(editorOf(page)).not.toContainText("id: theirs");
  await page.getByRole("button", { name: "Compare" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("id: mine");
  await expect(dialog).toContainText("id: theirs");
  await dialog.getByRole("button", { name: "Take theirs" }).last().click();
  await dialog.getByRole("button", { name: "Use the merged text" }).click();
  await expect(editorOf(page)).toContainText("id: mine");
  await expect(editorOf(page)).toContainText("id: theirs");
  await expect(page.getByText("“No branch is deleted”")).toBeHidden();

  await page.getByRole("button", { name: "Publish…" }).click();
  await page.getByLabel("What changes, in a few words").fill("Both");
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(page.getByText(`Version ${policy.liveVersion + 2} is in force`)).toBeVisible();
  const both = await readPolicy(api, policy.id);
  expect(both.text).toContain("id: mine");
  expect(both.text).toContain("id: theirs");
  await page.close();
});
