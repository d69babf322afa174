import Anthropic from "@anthropic-ai/sdk";
import { expect } from "@playwright/test";
import { startUpstream } from "@yolo/testkit/upstream";
import { test } from "../journey.ts";

const HELLO = {
  model: "claude-sonnet-5-5",
  max_tokens: 100,
  messages: [{ role: "user" as const, content: "hello" }],
};
/** The deadline of two seconds, and some for a machine that is busy with tests. */
const REFUSED_MS = 5_000;

test("while no record can be written no call is made; it is refused in time, and passes again when one can", async ({
  product,
  backstage,
}) => {
  await using upstream = await startUpstream();
  await using gateway = await backstage.startGateway({ TEST_MODEL_URL: upstream.url });
  const client = new Anthropic({
    baseURL: gateway.url,
    apiKey: product.ready.agentKey,
    authToken: null,
    maxRetries: 0,
  });
  await client.messages.create(HELLO);
  expect(upstream.requests).toHaveLength(1);

  await backstage.sql.begin(async (transaction) => {
    await transaction`LOCK TABLE org.intents IN ACCESS EXCLUSIVE MODE`;
    const askedAtMs = performance.now();
    const error = await client.messages.create(HELLO).catch((thrown: unknown) => thrown);
    expect(performance.now() - askedAtMs).toBeLessThan(REFUSED_MS);
    if (!(error instanceof Anthropic.ServiceUnavailableError)) throw new Error(`got ${error}`);
    expect(error.headers.get("x-yolo-error")).toBe("record_unavailable");
    expect(Number(error.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  await client.messages.create(HELLO);
  expect(upstream.requests, "the refused call never arrived").toHaveLength(2);
});
