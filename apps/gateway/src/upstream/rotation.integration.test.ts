import { addConnector } from "@yolo/control/connector/add";
import { archiveConnector } from "@yolo/control/connector/archive";
import { rotateConnector } from "@yolo/control/connector/rotate";
import { setDefaultConnector } from "@yolo/control/connector/set-default";
import { open, send } from "@yolo/testkit/http-client";
import { anthropicReply } from "@yolo/testkit/upstream-replies";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type InProcess, startInProcess } from "../../test/in-process.ts";
import type { Tenant } from "../../test/tenant.ts";
import { anthropic } from "../surfaces/llm/anthropic.ts";

const [FIRST, SECOND] = ["sk-ant-first", "sk-ant-second"] as const;
const HELLO = {
  model: "claude-sonnet-5-5",
  max_tokens: 10,
  messages: [{ role: "user", content: "hi" }],
};

let gateway: InProcess;
beforeAll(async () => {
  gateway = await startInProcess({ surface: anthropic });
});
afterAll(() => gateway[Symbol.asyncDispose]());
beforeEach(() => gateway.upstream.forget());

interface Connected {
  readonly tenant: Tenant;
  readonly key: string;
  readonly connector: string;
}

/** A tenant whose live key leads to the upstream with the first credential. */
async function connect(): Promise<Connected> {
  const tenant = await gateway.control.createTenant();
  const added = await addConnector.run(tenant.context, {
    ...{ name: "main", provider: "anthropic", mode: "vaulted", credential: FIRST },
    baseUrl: gateway.upstream.url,
  });
  return { tenant, key: (await tenant.newKey("live")).key, connector: added.id };
}

function call(key: string) {
  return send(`${gateway.url}/v1/messages`, {
    headers: [
      ["x-api-key", key],
      ["anthropic-version", "2023-06-01"],
    ],
    body: HELLO,
  });
}

function credentialsSeen(): readonly (string | undefined)[] {
  return gateway.upstream.requests.map((request) => request.header("x-api-key"));
}

test("a call under way ends with the old credential; the first one after the rotation has the new one", async () => {
  const { tenant, key, connector } = await connect();
  const released = Promise.withResolvers<void>();
  gateway.upstream.respondNext(async (exchange) => {
    await released.promise;
    await anthropicReply()(exchange);
  });
  const underWay = open(`${gateway.url}/v1/messages`, {
    headers: [["x-api-key", key]],
    body: { ...HELLO, stream: true },
  });
  await gateway.upstream.arrival(1);
  await rotateConnector.run(tenant.context, { id: connector, credential: SECOND, test: false });
  const after = await call(key);
  expect(after.status).toBe(200);
  released.resolve();
  expect((await underWay).status).toBe(200);
  expect(credentialsSeen()).toEqual([FIRST, SECOND]);
});

test("under traffic every call has one of the two, and none the old one once the rotation is done", async () => {
  const { tenant, key, connector } = await connect();
  let isDone = false;
  const statuses: number[] = [];
  const worker = async () => {
    while (!isDone || statuses.length < 40) statuses.push((await call(key)).status);
  };
  const traffic = Promise.all([worker(), worker(), worker()]);
  await gateway.upstream.arrival(10);
  await rotateConnector.run(tenant.context, { id: connector, credential: SECOND, test: false });
  const [begun] = [gateway.upstream.requests.length];
  const later = await call(key);
  isDone = true;
  await traffic;
  expect(later.status).toBe(200);
  expect(new Set(statuses)).toEqual(new Set([200]));
  const seen = credentialsSeen();
  expect(new Set(seen)).toEqual(new Set([FIRST, SECOND]));
  // Three calls may have been admitted before the rotation and arrive after it.
  expect(seen.slice(begun + 3)).not.toContain(FIRST);
});

test("another default takes over at once; without any the call is refused and nothing is sent", async () => {
  const { tenant, key, connector } = await connect();
  const second = await addConnector.run(tenant.context, {
    ...{ name: "second", provider: "anthropic", mode: "vaulted", credential: SECOND },
    baseUrl: gateway.upstream.url,
  });
  await call(key);
  await setDefaultConnector.run(tenant.context, { id: second.id });
  await call(key);
  await archiveConnector.run(tenant.context, { id: connector });
  await archiveConnector.run(tenant.context, { id: second.id, confirm: "second" });
  const refused = await call(key);
  expect([refused.status, refused.header("x-yolo-error")]).toEqual([403, "no_connector"]);
  expect(credentialsSeen()).toEqual([FIRST, SECOND]);
});
