import { randomUUID } from "node:crypto";
import Anthropic from "@anthropic-ai/sdk";
import { expect, type Page } from "@playwright/test";
import type { Api } from "../api.ts";
import { keyboard } from "../hands/keyboard.ts";
import { pointer } from "../hands/pointer.ts";
import { test as base } from "../hands/walk.ts";
import { REQUEST_ID_HEADER } from "../journey.ts";

const HELLO = {
  model: "claude-sonnet-4-5",
  max_tokens: 200,
  messages: [{ role: "user" as const, content: "hello" }],
};
/** No rule of the demo's policy allows it. */
const DENIED = { ...HELLO, model: "gpt-9" };
/** So many rows are not drawn at once. */
const MORE_THAN_DRAWN = 50;
const SHOWN_MS = 1_000;
const SCRIPT = '<script>window.pwned=1</script><img src=x onerror="window.pwned=1">';

const test = base.extend<{ activity: Page }>({
  activity: async ({ owner, product, anthropic }, use) => {
    await anthropic().messages.create(HELLO);
    const page = await owner(pointer);
    // The page is alive once it asks for what is new.
    const asked = page.waitForResponse((answer) => answer.url().includes("limit=100"));
    await page.goto(`${product.ready.dashboard}/demo/activity`);
    await expect(rowsOf(page).first()).toBeVisible();
    await asked;
    await use(page);
  },
});

function rowsOf(page: Page) {
  return page.getByRole("list", { name: "Records" }).getByRole("link");
}

function rowOf(page: Page, id: string) {
  return page.locator(`a[href$="/records/${id}"]`);
}

async function refused(client: Anthropic): Promise<string> {
  const error = await client.messages.create(DENIED).catch((thrown: unknown) => thrown);
  if (!(error instanceof Anthropic.APIError)) throw new Error("it was not refused");
  return error.headers?.get(REQUEST_ID_HEADER) ?? "";
}

async function total(api: Api, query: string): Promise<number> {
  const { body } = await api.get(`/records/counts${query}`);
  return JSON.parse(JSON.stringify(body)).total;
}

test("a call by the real SDK appears within a second, without a reload, also one that is refused", async ({
  activity,
  anthropic,
}) => {
  const took: number[] = [];
  for (let call = 0; call < 3; call++) {
    const { response } = await anthropic().messages.create(HELLO).withResponse();
    const answeredAt = Date.now();
    const id = response.headers.get(REQUEST_ID_HEADER) ?? "";
    await expect(rowOf(activity, id)).toBeVisible();
    took.push(Date.now() - answeredAt);
  }
  expect(Math.min(...took)).toBeLessThanOrEqual(SHOWN_MS);
  const id = await refused(anthropic());
  await expect(rowOf(activity, id)).toContainText("Denied");
});

test("filters stand in the address: a reload, and a colleague, see the same", async ({
  activity,
  anthropic,
  owner,
}) => {
  const id = await refused(anthropic());
  await activity.getByLabel("Decision").selectOption({ label: "Denied" });
  await activity.getByRole("button", { name: "Filter", exact: true }).click();
  await activity.getByLabel("Filter by").selectOption({ label: "Resource" });
  await activity.getByRole("dialog").getByRole("textbox").fill("anthropic/gpt*");
  await activity.keyboard.press("Enter");
  await expect(activity).toHaveURL(/decision=deny/);
  await expect(activity).toHaveURL(/resource=anthropic/);
  const check = async (page: Page) => {
    await expect(rowOf(page, id)).toBeVisible();
    await expect(page.getByLabel("Decision")).toHaveValue("deny");
    await expect(rowsOf(page).filter({ hasNotText: "gpt-9" })).toHaveCount(0);
  };
  await check(activity);
  await activity.reload();
  await check(activity);
  const other = await owner(keyboard);
  await other.goto(activity.url());
  await check(other);
  await activity.getByRole("button", { name: /^Remove the filter Resource/ }).click();
  await expect(activity).not.toHaveURL(/resource=/);
});

test("every count is the number of rows behind it", async ({
  activity,
  anthropic,
  api,
  product,
}) => {
  await refused(anthropic());
  const query = "?decision=deny&text=gpt-9";
  for (const one of ["", "?decision=deny", "?decision=allow&outcome=done", query]) {
    const limit = one === "" ? "?limit=200" : "&limit=200";
    const { body } = await api.get(`/records${one}${limit}`);
    expect(JSON.parse(JSON.stringify(body)).data).toHaveLength(await total(api, one));
  }
  await activity.goto(`${product.ready.dashboard}/demo/activity${query}`);
  const shown = new RegExp(`^${await total(api, query)} records?\\b`);
  await expect(activity.getByText(shown)).toBeVisible();
  await activity.goto(`${product.ready.dashboard}/demo/activity?text=no-such-thing`);
  await expect(activity.getByText("No record matches")).toBeVisible();
});

test("by keyboard alone: down the list, a record opened beside it, and closed", async ({
  activity,
}) => {
  await activity.keyboard.press("j");
  const first = rowsOf(activity).first();
  await expect(first).toBeFocused();
  await activity.keyboard.press("j");
  await activity.keyboard.press("k");
  await expect(first).toBeFocused();
  await activity.keyboard.press("Enter");
  const panel = activity.getByRole("complementary", { name: "Record" });
  await expect(panel.getByRole("heading", { level: 2 })).toContainText("claude-code was");
  await activity.keyboard.press("Escape");
  await expect(panel).toBeHidden();
});

test("the row that has the focus keeps it, whatever comes in above it, and j and k go on from there", async ({
  activity,
  anthropic,
}) => {
  await activity.keyboard.press("j");
  const focused = activity.locator("a:focus");
  const href = (await rowsOf(activity).first().getAttribute("href")) ?? "";
  await expect(focused).toHaveAttribute("href", href);
  const arrived: string[] = [];
  for (let call = 0; call < MORE_THAN_DRAWN; call++) arrived.push(await refused(anthropic()));
  await expect(rowOf(activity, arrived.at(-1) ?? "")).toBeVisible();
  await expect(focused).toHaveAttribute("href", href);
  await activity.keyboard.press("k");
  await expect(focused).toHaveAttribute("href", new RegExp(`/${arrived[0]}$`));
  await expect(focused).toBeInViewport();
  await activity.keyboard.press("j");
  await expect(focused).toHaveAttribute("href", href);
});

test("what an agent writes is shown as text and never runs", async ({
  activity,
  anthropic,
  product,
}) => {
  const session = randomUUID();
  const client = anthropic({ defaultHeaders: { "x-claude-code-session-id": session } });
  const message = {
    role: "user" as const,
    content: `${SCRIPT}\n#test tool Bash {"command":"${SCRIPT.replaceAll('"', "'")}"}`,
  };
  const tools = [{ name: "Bash", input_schema: { type: "object" as const } }];
  const { response } = await client.messages
    .create({ ...HELLO, messages: [message], tools })
    .withResponse();
  const id = response.headers.get(REQUEST_ID_HEADER) ?? "";
  const problems: string[] = [];
  activity.on("pageerror", (error) => problems.push(error.message));
  activity.on("console", (line) => {
    if (line.type() === "error") problems.push(line.text());
  });
  for (const path of [`/records/${id}`, `/sessions/${session}`, `/activity?session=${session}`]) {
    await activity.goto(`${product.ready.dashboard}/demo${path}`);
    await expect(activity.getByRole("heading", { level: 1 })).toBeVisible();
    if (!path.startsWith("/activity")) {
      await expect(activity.getByText("<script>window.pwned=1").first()).toBeVisible();
    }
    expect(await activity.evaluate("window.pwned")).toBeUndefined();
  }
  expect(problems).toEqual([]);
});
