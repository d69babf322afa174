import { randomBytes } from "node:crypto";
import Anthropic from "@anthropic-ai/sdk";
import { expect } from "@playwright/test";
import { runClaudeCode } from "@yolo/testkit/claude-code";
import { fetchClaudeCode } from "@yolo/testkit/claude-code-binary";
import { startUpstream, type Upstream } from "@yolo/testkit/upstream";
import { type Api, connectApi } from "../api.ts";
import type { AppProcess } from "../backstage.ts";
import { foundOrg, type Org } from "../found-org.ts";
import { test as base, REQUEST_ID_HEADER } from "../journey.ts";
import { findStored } from "../stored.ts";

/** The developer's own, as a subscription gives it; random, so that finding it anywhere means a leak. */
function ownToken(): string {
  return `dev-own-${randomBytes(24).toString("hex")}`;
}

interface ClientCredential {
  /** In place of the provider's own host: it records what reached it. */
  readonly provider: Upstream;
  readonly gateway: AppProcess;
  readonly org: Org;
  readonly orgApi: Api;
}

const test = base.extend<object, ClientCredential>({
  provider: [
    async ({ playwright: _ }, use) => {
      await using provider = await startUpstream();
      await use(provider);
    },
    { scope: "worker" },
  ],
  gateway: [
    async ({ backstage, provider }, use) => {
      await using gateway = await backstage.startGateway({ TEST_MODEL_URL: provider.url });
      await use(gateway);
    },
    { scope: "worker" },
  ],
  org: [
    async ({ backstage, provider }, use) => {
      await use(await foundOrg(backstage, { slug: "own", clientCredentialUrl: provider.url }));
    },
    { scope: "worker" },
  ],
  orgApi: [
    async ({ product, org }, use) => {
      await use(connectApi(product.ready.dashboard, org.apiToken));
    },
    { scope: "worker" },
  ],
});

test.beforeEach(({ provider }) => provider.forget());

for (const [how, credential, header] of [
  ["a bearer token", (token: string) => ({ authToken: token, apiKey: null }), "authorization"],
  ["an API key", (token: string) => ({ apiKey: token, authToken: null }), "x-api-key"],
] as const) {
  test(`the developer's own credential, ${how}, reaches the provider; the agent key does not; neither is stored`, async ({
    backstage,
    provider,
    gateway,
    org,
    orgApi,
  }) => {
    const token = ownToken();
    const client = new Anthropic({
      baseURL: gateway.url,
      ...credential(token),
      defaultHeaders: { "x-yolo-key": org.liveKey },
      maxRetries: 0,
    });
    const { response } = await client.messages
      .create({
        model: "claude-sonnet-4-5",
        max_tokens: 100,
        messages: [{ role: "user", content: "hello" }],
      })
      .withResponse();

    const [request, ...others] = provider.requests;
    expect(others).toEqual([]);
    expect(request?.header(header)).toBe(header === "x-api-key" ? token : `Bearer ${token}`);
    const sent = `${request?.rawHeaders.join("\n")}\n${request?.body}`;
    expect(sent).not.toContain(org.liveKey);
    expect(sent.toLowerCase()).not.toContain("x-yolo");

    const record = await orgApi.closedRecord(response.headers.get(REQUEST_ID_HEADER) ?? "");
    expect(record).toMatchObject({ decision: "allow", outcome: { outcome: "done" } });
    expect(await findStored(backstage, token)).toEqual([]);
    expect(await findStored(backstage, org.liveKey)).toEqual([]);
  });
}

test("the search for what is stored finds what is stored", async ({ backstage, org }) => {
  const found = await findStored(backstage, `owner@${org.slug}.example`);
  expect(found).toContain("directory.people");
  expect(found.some((place) => place.includes("pg_wal"))).toBe(true);
});

test("without a credential of their own the developer is told what is missing, and nothing is sent", async ({
  provider,
  gateway,
  org,
}) => {
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

test("a test key never carries the developer's credential to the test model", async ({
  provider,
  gateway,
  org,
}) => {
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

test("the real Claude Code works with the developer's own credential and the key in a custom header", async ({
  provider,
  gateway,
  org,
  orgApi,
}) => {
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
    model: "claude-sonnet-4-5",
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
