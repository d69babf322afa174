import { randomBytes } from "node:crypto";
import Anthropic from "@anthropic-ai/sdk";
import { expect } from "@playwright/test";
import { runClaudeCode } from "@yolo/testkit/claude-code";
import { fetchClaudeCode } from "@yolo/testkit/claude-code-binary";
import { send } from "@yolo/testkit/http-client";
import { startUpstream, type Upstream } from "@yolo/testkit/upstream";
import { type Api, connectApi } from "../api.ts";
import type { AppProcess } from "../backstage.ts";
import { foundOrg, type Org } from "../found-org.ts";
import { REQUEST_ID_HEADER, test } from "../journey.ts";
import { findStored } from "../stored.ts";

/** The developer's own, as a subscription gives it; random, so that finding it anywhere means a leak. */
function ownToken(): string {
  return `dev-own-${randomBytes(24).toString("hex")}`;
}

/** In place of the provider's own host: it records what reached it. */
let provider: Upstream;
let gateway: AppProcess;
let org: Org;
let orgApi: Api;
const started = new AsyncDisposableStack();

test.beforeAll(async ({ backstage, product }) => {
  provider = started.use(await startUpstream());
  gateway = started.use(await backstage.startGateway({ TEST_MODEL_URL: provider.url }));
  org = await foundOrg(backstage, { slug: "own", clientCredentialUrl: provider.url });
  orgApi = connectApi(product.ready.dashboard, org.apiToken);
});

test.afterAll(() => started.disposeAsync());

test.beforeEach(() => provider.forget());

const HELLO = {
  model: "claude-sonnet-5-5",
  max_tokens: 100,
  messages: [{ role: "user" as const, content: "hello" }],
};

for (const [header, prefix] of [
  ["authorization", "Bearer "],
  ["x-api-key", ""],
] as const) {
  test(`the developer's own credential in ${header} reaches the provider; the agent key does not; neither is stored`, async ({
    backstage,
  }) => {
    const token = ownToken();
    const reply = await send(`${gateway.url}/v1/messages`, {
      headers: [
        [header, `${prefix}${token}`],
        ["x-yolo-key", org.liveKey],
        ["anthropic-version", "2023-06-01"],
      ],
      body: HELLO,
    });
    expect(reply.status, reply.text()).toBe(200);

    const [request, ...others] = provider.requests;
    expect(others).toEqual([]);
    expect(request?.header(header)).toBe(`${prefix}${token}`);
    const sent = `${request?.rawHeaders.join("\n")}\n${request?.body}`;
    expect(sent).not.toContain(org.liveKey);
    expect(sent.toLowerCase()).not.toContain("x-yolo");

    const record = await orgApi.closedRecord(reply.header(REQUEST_ID_HEADER) ?? "");
    expect(record).toMatchObject({ decision: "allow", outcome: { outcome: "done" } });
    expect(await findStored(backstage, token)).toEqual([]);
    expect(await findStored(backstage, org.liveKey)).toEqual([]);
  });
}

test("the search for what is stored finds what is stored", async ({ backstage }) => {
  const found = await findStored(backstage, `owner@${org.slug}.example`);
  expect(found).toContain("directory.people");
  expect(found.some((place) => place.includes("pg_wal"))).toBe(true);
});

test("without a credential of their own the developer is told what is missing, and nothing is sent", async () => {
  const client = new Anthropic({
    baseURL: gateway.url,
    apiKey: org.liveKey,
    authToken: null,
    maxRetries: 0,
  });
  const call = client.models.list();
  await expect(call).rejects.toThrow(/your own provider credential/);
  expect(provider.requests).toEqual([]);
});

test("a test key never carries the developer's credential to the test model", async () => {
  const token = ownToken();
  const client = new Anthropic({
    baseURL: gateway.url,
    apiKey: null,
    authToken: token,
    defaultHeaders: { "x-yolo-key": org.testKey },
    maxRetries: 0,
  });
  await client.models.list();
  expect(provider.requests[0]?.rawHeaders.join("\n")).not.toContain(token);
});

test("the real Claude Code works with the developer's own credential and the key in a custom header", async () => {
  const claude = await fetchClaudeCode();
  if (!("path" in claude)) {
    process.stdout.write(`skipped: ${claude.unavailable}\n`);
    test.skip();
    return;
  }
  const token = ownToken();
  const run = await runClaudeCode({
    path: claude.path,
    baseUrl: gateway.url,
    key: "",
    model: "claude-sonnet-5-5",
    prompt: "hello",
    env: {
      ANTHROPIC_API_KEY: undefined,
      ANTHROPIC_AUTH_TOKEN: token,
      ANTHROPIC_CUSTOM_HEADERS: `x-yolo-key: ${org.liveKey}`,
    },
  });
  expect(run, run.stderr).toMatchObject({ exitCode: 0, result: { is_error: false } });
  const calls = provider.requests.filter(({ target }) => target.startsWith("/v1/messages"));
  expect(calls.length).toBeGreaterThan(0);
  for (const call of calls) {
    expect(call.header("authorization")).toBe(`Bearer ${token}`);
    expect(call.rawHeaders.join("\n")).not.toContain("ylg_");
  }
  const records = await orgApi.closedRecords(String(run.result?.session_id));
  expect(records).toHaveLength(calls.length);
});
