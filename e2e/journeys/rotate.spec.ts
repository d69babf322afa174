import Anthropic from "@anthropic-ai/sdk";
import { expect, type Page } from "@playwright/test";
import { test } from "../journey.ts";

const HELLO = {
  model: "claude-sonnet-5-5",
  max_tokens: 20,
  messages: [{ role: "user" as const, content: "hello" }],
};
const WORKERS = 4;

/** Calls one after the other, on several connections, until it is stopped; the answers are counted. */
function traffic(baseURL: string, firstKey: string) {
  let key = firstKey;
  let stopped = false;
  const answered = new Map<string, number>();
  const failures: unknown[] = [];
  async function worker(): Promise<void> {
    while (!stopped) {
      const used = key;
      const client = new Anthropic({ baseURL, apiKey: used, authToken: null, maxRetries: 0 });
      await client.messages.create(HELLO).then(
        () => answered.set(used, (answered.get(used) ?? 0) + 1),
        (error: unknown) => failures.push(error),
      );
    }
  }
  const workers = Array.from({ length: WORKERS }, worker);
  return {
    failures,
    answeredWith: (used: string) => answered.get(used) ?? 0,
    use(next: string) {
      key = next;
    },
    async stop() {
      stopped = true;
      await Promise.all(workers);
    },
  };
}

async function signIn(page: Page, dashboard: string, email: string, password: string) {
  await page.goto(`${dashboard}/sign-in`);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

test("a key is rotated under traffic without a failed call; once revoked, the old one fails at once", async ({
  page,
  product,
  api,
}) => {
  const { dashboard, gateway, org, member } = product.ready;
  const { body } = await api.get("/agents");
  const [agent] = JSON.parse(JSON.stringify(body)).data;
  const made = await api.post("/agent-keys", { agentId: agent.id, kind: "test", name: "Rotating" });
  const { key: oldKey } = JSON.parse(JSON.stringify(made.body));

  await signIn(page, dashboard, member.email, member.password);
  await page.goto(`${dashboard}/${org}/agents/${agent.id}?tab=keys`);
  const calls = traffic(gateway, oldKey);
  await expect.poll(() => calls.answeredWith(oldKey)).toBeGreaterThan(20);

  await page.getByRole("button", { name: /^Rotate Rotating/ }).click();
  await page.getByRole("radio", { name: "In an hour" }).check();
  await page.getByRole("button", { name: "Rotate key" }).click();
  const shown = page.getByRole("dialog").getByText(/^ylg_test_\w{49}$/);
  const newKey = (await shown.textContent()) ?? "";
  const soFar = calls.answeredWith(oldKey);
  await expect.poll(() => calls.answeredWith(oldKey)).toBeGreaterThan(soFar + 10);
  calls.use(newKey);
  await expect.poll(() => calls.answeredWith(newKey)).toBeGreaterThan(20);
  expect(calls.failures).toEqual([]);

  const { body: listed } = await api.get(`/agent-keys?agent=${agent.id}`);
  const keys: { id: string; lastFour: string }[] = JSON.parse(JSON.stringify(listed)).data;
  const old = keys.find(({ lastFour }) => lastFour === oldKey.slice(-4));
  await api.delete(`/agent-keys/${old?.id}`);
  const client = new Anthropic({
    baseURL: gateway,
    apiKey: oldKey,
    authToken: null,
    maxRetries: 0,
  });
  await expect(client.messages.create(HELLO)).rejects.toThrow(Anthropic.AuthenticationError);

  await calls.stop();
  expect(calls.failures, "with the new key everything goes on").toEqual([]);
  const total = calls.answeredWith(oldKey) + calls.answeredWith(newKey);
  process.stdout.write(`${total} calls while the key was rotated, none failed\n`);
});
