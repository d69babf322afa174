import { setTimeout } from "node:timers/promises";
import Anthropic from "@anthropic-ai/sdk";
import { expect } from "@playwright/test";
import { HANDS, test } from "../hands/walk.ts";

const HELLO = {
  model: "claude-sonnet-5-5",
  max_tokens: 20,
  messages: [{ role: "user" as const, content: "hello" }],
};
const WORKERS = 2;
/** What each of them does between two calls: the machine is there for the browser too. */
const PAUSE_MS = 25;
const NAME = "Rotating";
/** No other credential of the environment, and no second try. */
const ONCE = { authToken: null, maxRetries: 0 };

/** Calls one after the other, on several connections, until it is stopped; the answers are counted. */
function traffic(baseURL: string, firstKey: string) {
  let key = firstKey;
  let stopped = false;
  const answered = new Map<string, number>();
  const failures: unknown[] = [];
  async function worker(): Promise<void> {
    while (!stopped) {
      const used = key;
      const client = new Anthropic({ ...ONCE, baseURL, apiKey: used });
      await client.messages.create(HELLO).then(
        () => answered.set(used, (answered.get(used) ?? 0) + 1),
        (error: unknown) => failures.push(error),
      );
      await setTimeout(PAUSE_MS);
    }
  }
  const workers = Array.from({ length: WORKERS }, worker);
  const stop = async () => {
    stopped = true;
    await Promise.all(workers);
  };
  return {
    failures,
    answeredWith: (used: string) => answered.get(used) ?? 0,
    use(next: string) {
      key = next;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

for (const hand of HANDS) {
  test(`${hand.name}: a key is rotated under traffic without a failed call; once revoked, the old one fails at once`, async ({
    owner,
    product,
    api,
  }) => {
    const { dashboard, gateway, org } = product.ready;
    const { body } = await api.get("/agents");
    const [agent] = JSON.parse(JSON.stringify(body)).data;
    const made = await api.post("/agent-keys", { agentId: agent.id, kind: "test", name: NAME });
    const { key: oldKey } = JSON.parse(JSON.stringify(made.body));

    const page = await owner(hand);
    const dialog = page.getByRole("dialog");
    await page.goto(`${dashboard}/${org}/agents/${agent.id}`);
    await hand.pick(page.getByRole("tab", { name: "Keys" }));
    await using calls = traffic(gateway, oldKey);
    await expect.poll(() => calls.answeredWith(oldKey)).toBeGreaterThan(20);

    await hand.press(page.getByRole("button", { name: `Rotate ${NAME} …${oldKey.slice(-4)}` }));
    await hand.pick(dialog.getByRole("radio", { name: "In 15 minutes" }));
    await hand.press(dialog.getByRole("button", { name: "Rotate key" }));
    const newKey = (await dialog.getByText(/^ylg_test_\w{49}$/).textContent()) ?? "";
    const soFar = calls.answeredWith(oldKey);
    await expect.poll(() => calls.answeredWith(oldKey)).toBeGreaterThan(soFar + 10);
    calls.use(newKey);
    await expect.poll(() => calls.answeredWith(newKey)).toBeGreaterThan(20);
    expect(calls.failures).toEqual([]);

    await hand.press(dialog.getByRole("button", { name: "I have kept it" }));
    await hand.press(page.getByRole("button", { name: `Revoke ${NAME} …${oldKey.slice(-4)}` }));
    await hand.write(dialog.getByRole("textbox"), NAME);
    await hand.send(dialog.getByRole("button", { name: "Revoke key" }));
    await expect(dialog).toBeHidden();
    const client = new Anthropic({ ...ONCE, baseURL: gateway, apiKey: oldKey });
    await expect(client.messages.create(HELLO)).rejects.toThrow(Anthropic.AuthenticationError);
    await hand.pick(page.getByRole("tab", { name: "Overview" }));

    await calls.stop();
    expect(calls.failures, "with the new key everything goes on").toEqual([]);
    const total = calls.answeredWith(oldKey) + calls.answeredWith(newKey);
    process.stdout.write(`${total} calls while the key was rotated, none failed\n`);
  });
}
