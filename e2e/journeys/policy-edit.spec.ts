import Anthropic from "@anthropic-ai/sdk";
import { expect, type Page } from "@playwright/test";
import type { Api } from "../api.ts";
import { keyboard } from "../hands/keyboard.ts";
import { pointer } from "../hands/pointer.ts";
import { HANDS, test } from "../hands/walk.ts";
import { REQUEST_ID_HEADER } from "../journey.ts";

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
  readonly name: string;
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

function editorOf(page: Page) {
  return page.getByRole("textbox", { name: "The policy's text" });
}

/** The product is shared: whoever comes next finds the policy as it was made. */
test.afterAll(async ({ api }) => {
  const { id, liveVersion: base } = await demoPolicy(api);
  if (base > 1) await api.post(`/policies/${id}/rollback`, { base, to: 1 });
});

for (const hand of HANDS) {
  test(`${hand.name}: edit, publish; the next call is refused with reason, rule and line, on screen too; rolled back, it passes`, async ({
    owner,
    product,
    api,
    anthropic,
  }) => {
    const { dashboard, org } = product.ready;
    const policy = await demoPolicy(api);
    await anthropic().messages.create(HAIKU);
    const page = await owner(hand);
    await page.goto(`${dashboard}/${org}/policies`);
    await hand.press(page.getByRole("main").getByRole("link", { name: policy.name }).first());
    await hand.writeRule(editorOf(page), "rules:", RULE);
    const problems = page.getByRole("region", { name: "Problems" });
    await expect(problems).toContainText("No problems");
    await expect(problems).not.toContainText("running the tests");

    await hand.press(page.getByRole("button", { name: "Publish…" }));
    const dialog = page.getByRole("dialog", { name: `Publish version ${policy.liveVersion + 1}` });
    await expect(dialog).toContainText("deny llm:invoke on anthropic/claude-haiku-*");
    await expect(dialog).toContainText("In enforce");
    await hand.write(dialog.getByLabel("What changes, in a few words"), "No Haiku");
    await hand.send(dialog.getByRole("button", { name: "Publish", exact: true }));
    await expect(page.getByText(`Version ${policy.liveVersion + 1} is in force`)).toBeVisible();

    const refused = await anthropic()
      .messages.create(HAIKU)
      .catch((error: unknown) => error);
    if (!(refused instanceof Anthropic.PermissionDeniedError)) throw refused;
    const published = await readPolicy(api, policy.id);
    const line = published.text.split("\n").findIndex((one) => one.includes(RULE[0] ?? "")) + 1;
    const reason = `rule \`no-haiku\` (line ${line}): Too small for this`;
    expect(refused.message).toContain(reason);
    const record = await api.closedRecord(refused.headers.get(REQUEST_ID_HEADER) ?? "");
    expect(record.rules).toMatchObject([{ id: "no-haiku", line, version: published.liveVersion }]);

    // On screen: the activity, the record, and from it the very line of the very version.
    await hand.visit(page, "Activity");
    const row = page.locator(`a[href$="/records/${record.id}"]`);
    await expect(row).toContainText("Denied");
    await hand.press(row);
    await expect(page.getByText(/Too small for this/).first()).toBeVisible();
    await hand.press(page.getByRole("link", { name: new RegExp(`[Ll]ine ${line}\\b`) }).first());
    await expect(page.locator(".cm-named-line")).toHaveText(/- deny: llm:invoke/);

    await hand.pick(page.getByRole("tab", { name: "Versions" }));
    const before = page.getByRole("listitem").filter({ hasText: `Version ${policy.liveVersion}` });
    await hand.press(before.getByRole("button", { name: "Roll back…" }));
    await hand.press(page.getByRole("button", { name: "Roll back", exact: true }));
    await expect(page.getByText(`Version ${published.liveVersion + 1} is in force`)).toBeVisible();
    await hand.visit(page, "Home");
    await anthropic().messages.create(HAIKU);
    expect((await readPolicy(api, policy.id)).text).toBe(policy.text);
  });
}

test("a draft survives a reload at once, and is on the next device", async ({
  owner,
  product,
  api,
}) => {
  const { dashboard, org } = product.ready;
  const { id, text } = await demoPolicy(api);
  const page = await owner(keyboard);
  await page.goto(`${dashboard}/${org}/policies/${id}`);
  await editorOf(page).focus();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.type("# written a moment ago");
  await page.keyboard.press("Enter");
  await page.reload();
  await expect(editorOf(page)).toContainText("# written a moment ago");
  await expect(page.getByText(/^Draft saved/)).toBeVisible();
  await page.goto("about:blank");
  const other = await owner(pointer);
  await other.goto(`${dashboard}/${org}/policies/${id}`);
  await expect(editorOf(other)).toContainText("# written a moment ago");
  await other.goto("about:blank");
  expect((await readPolicy(api, id)).text, "a draft decides nothing").toBe(text);
  await api.delete(`/policies/${id}/draft`);
});

test("somebody publishes meanwhile: it is shown, nothing is lost, and the two are brought together", async ({
  owner,
  product,
  api,
}) => {
  const { dashboard, org } = product.ready;
  const policy = await demoPolicy(api);
  const page = await owner(keyboard);
  await page.goto(`${dashboard}/${org}/policies/${policy.id}`);
  await keyboard.writeRule(editorOf(page), "rules:", ["- deny: git:force_push", "id: mine"]);
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
});
