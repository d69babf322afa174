import Anthropic from "@anthropic-ai/sdk";
import { expect } from "@playwright/test";
import { connectApi } from "../api.ts";
import { foundOrg, type Org } from "../found-org.ts";
import { pointer } from "../hands/pointer.ts";
import { HANDS, test } from "../hands/walk.ts";
import { REQUEST_ID_HEADER } from "../journey.ts";

let other: Org;

test.beforeAll(async ({ backstage }) => {
  other = await foundOrg(backstage, { slug: "other" });
});

const HELLO = {
  model: "claude-sonnet-5-5",
  max_tokens: 100,
  messages: [{ role: "user" as const, content: "hello" }],
};

function address(gateway: string, slug: string): string {
  return `http://${slug}.localhost:${new URL(gateway).port}`;
}

test("each org's key works on its own address and on the bare one, and nowhere else", async ({
  product,
}) => {
  const { gateway, org, agentKey } = product.ready;
  const call = (baseURL: string, apiKey: string) =>
    new Anthropic({
      baseURL,
      apiKey,
      authToken: null,
      maxRetries: 0,
    }).messages.create(HELLO);
  const [own, others] = [address(gateway, org), address(gateway, other.slug)];
  for (const [baseURL, key] of [
    [own, agentKey],
    [others, other.testKey],
    [gateway, agentKey],
    [gateway, other.testKey],
  ] as const) {
    expect((await call(baseURL, key)).stop_reason).toBe("end_turn");
  }
  for (const [baseURL, key] of [
    [own, other.testKey],
    [own, other.liveKey],
    [others, agentKey],
    [address(gateway, "nobody"), agentKey],
  ] as const) {
    await expect(call(baseURL, key)).rejects.toThrow(Anthropic.AuthenticationError);
  }
});

test("the other org's ids do not exist, in the very words for ids that nobody has", async ({
  product,
  api,
  anthropic,
}) => {
  const { response } = await anthropic().messages.create(HELLO).withResponse();
  const ours = response.headers.get(REQUEST_ID_HEADER) ?? "";
  const { session } = await api.closedRecord(ours);
  const othersApi = connectApi(product.ready.dashboard, other.apiToken);

  const nobodys = `req_${"0".repeat(32)}`;
  const [theirs, missing] = [
    await othersApi.get(`/records/${ours}`),
    await othersApi.get(`/records/${nobodys}`),
  ];
  expect([theirs.status, missing.status]).toEqual([404, 404]);
  expect(withoutIds(theirs.body)).toEqual(withoutIds(missing.body));
  for (const list of [`/records?session=${session.id}`, `/sessions?session=${session.id}`]) {
    expect(await othersApi.get(list)).toMatchObject({ status: 200, body: { data: [] } });
  }
  expect(await api.get(`/policies/${other.ids.policy}`)).toMatchObject({ status: 404 });
  expect(await api.post("/agent-keys", { agentId: other.ids.agent })).toMatchObject({
    status: 404,
  });
  expect(await api.delete(`/agent-keys/${other.ids.agentKey}`)).toMatchObject({ status: 404 });
  expect(await api.delete(`/agents/${other.ids.agent}`)).toMatchObject({ status: 404 });
});

/** An error answer without the id of its own request. */
function withoutIds(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body).replaceAll(/(req|api)_[0-9a-f]{32}/g, "$1_…"));
}

test("without a token, and with an agent key in its place, the API answers 401", async ({
  product,
}) => {
  for (const token of ["", product.ready.agentKey, `ylt_${"a".repeat(49)}`]) {
    const { status } = await connectApi(product.ready.dashboard, token).get("/records");
    expect(status).toBe(401);
  }
});

test("in a browser neither the other org's pages nor anything by its ids are there", async ({
  owner,
  product,
}) => {
  const { dashboard, gateway, org } = product.ready;
  const client = new Anthropic({
    baseURL: address(gateway, other.slug),
    apiKey: other.testKey,
    authToken: null,
    maxRetries: 0,
  });
  const { response } = await client.messages.create(HELLO).withResponse();
  const record = response.headers.get(REQUEST_ID_HEADER) ?? "";
  const { session } = await connectApi(dashboard, other.apiToken).closedRecord(record);
  const { agent, policy, project } = other.ids;
  const page = await owner(pointer);
  for (const path of [
    ...[`${other.slug}/start`, `${other.slug}/activity`, `${other.slug}/audit`],
    ...[`${other.slug}/settings/members`, `${org}/agents/${agent}`, `${org}/policies/${policy}`],
    ...[`${org}/projects/${project}`, `${org}/sessions/${session.id}`],
  ]) {
    const answer = await page.request.get(`${dashboard}/${path}`);
    expect(answer.status(), path).toBe(404);
  }
  for (const path of [other.slug, `${org}/records/${record}`]) {
    const answer = await page.goto(`${dashboard}/${path}`);
    expect(answer?.status(), path).toBe(404);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is nothing here.");
  }
});

for (const hand of HANDS) {
  test(`${hand.name}: the search finds nothing by the other org's ids`, async ({
    owner,
    product,
  }) => {
    const page = await owner(hand);
    await page.goto(`${product.ready.dashboard}/${product.ready.org}`);
    await hand.search(page, other.ids.agent);
    await expect(page.getByText(/no id begins so/)).toBeVisible();
    await expect(page.getByRole("option")).toHaveCount(0);
  });
}
