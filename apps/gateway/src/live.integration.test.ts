import { once } from "node:events";
import { createAgentKey } from "@yolo/control/agent-key/create";
import { decodeId, newId } from "@yolo/core/ids";
import { type OpenReply, open, send } from "@yolo/testkit/http-client";
import type { Reply } from "@yolo/testkit/upstream-exchange";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type InProcess, startInProcess } from "../test/in-process.ts";
import { createPlainSurface, ENDING } from "../test/plain-surface.ts";
import { ALLOW_CLAUDE, type Tenant } from "../test/tenant.ts";
import type { Exchange } from "./exchange.ts";
import { createLive } from "./live.ts";

let gateway: InProcess;
let beforeForward: (exchange: Exchange) => Promise<void> = () => Promise.resolve();

beforeAll(async () => {
  gateway = await startInProcess({
    surface: createPlainSurface({ beforeForward: (exchange) => beforeForward(exchange) }),
  });
  gateway.upstream.respondWith(openEnded);
});
afterAll(() => gateway[Symbol.asyncDispose]());
afterEach(async () => {
  gateway.deps.live.cutAll("shutting_down");
  while (gateway.deps.arrivals.size() > 0) await new Promise(setImmediate);
  beforeForward = () => Promise.resolve();
  gateway.upstream.forget();
});

/** Sends its head and a first chunk, then waits until the connection is lost. */
const openEnded: Reply = async (exchange) => {
  await exchange.readBody();
  exchange.sendHead(200, { "content-type": "text/event-stream" });
  await exchange.write("first");
  if (!exchange.signal.aborted) await once(exchange.signal, "abort");
};

interface Stream {
  readonly id: string;
  readonly reply: OpenReply;
  /** What came after the first chunk, once the reply has ended. */
  readonly rest: Promise<string>;
  isOpen(): boolean;
}

async function stream(key: string, model = "claude-sonnet-4-5"): Promise<Stream> {
  const headers = [
    ["x-api-key", key],
    ["x-model", model],
  ] as const;
  const reply = await open(`${gateway.url}/v1/x`, { headers, body: {} });
  expect(reply.status).toBe(200);
  const chunks = reply.chunks[Symbol.asyncIterator]();
  expect(String((await chunks.next()).value)).toBe("first");
  let isOpen = true;
  async function read(): Promise<string> {
    let rest = "";
    try {
      for await (const chunk of { [Symbol.asyncIterator]: () => chunks }) rest += chunk;
    } finally {
      isOpen = false;
    }
    return rest;
  }
  const rest = read();
  rest.catch(() => undefined);
  const id = reply.header("x-yolo-request-id") ?? "";
  return { id, reply, rest, isOpen: () => isOpen };
}

/** How the record ended, once it has. */
async function outcomeOf(requestId: string): Promise<{ outcome: string; error: string | null }> {
  const hex = requestId.replace("req_", "");
  for (;;) {
    const [row] = await gateway.owner<{ outcome: string; error: string | null }[]>`
      SELECT outcome, error FROM org.outcomes WHERE replace(id::text, '-', '') = ${hex}`;
    if (row !== undefined) return row;
  }
}

async function abortAll(streams: readonly Stream[]): Promise<void> {
  for (const { reply } of streams) reply.abort();
  await Promise.allSettled(streams.map(({ rest }) => rest));
}

describe("G8: what is no longer allowed ends, and nothing else does", () => {
  test("a revoked key's streams end well-formed; the same agent's other key, other orgs go on", async () => {
    const { tenant, control } = gateway;
    const [other, second] = [await control.createTenant(), await tenant.newKey()];
    const cut = [await stream(tenant.key), await stream(tenant.key)];
    const kept = [await stream(second.key), await stream(other.key)];
    await tenant.revokeKey(tenant.keyId);
    for (const one of cut) {
      expect(await one.rest).toBe(`${ENDING}no longer allowed`);
      expect(await outcomeOf(one.id)).toEqual({ outcome: "aborted", error: "no_longer_allowed" });
    }
    expect(kept.map(({ isOpen }) => isOpen())).toEqual([true, true]);
    await abortAll(kept);
  });

  test("a policy that now refuses a model ends that model's streams; one that still allows ends none", async () => {
    const tenant = await gateway.control.createTenant();
    const [sonnet, haiku] = [
      await stream(tenant.key, "claude-sonnet-4-5"),
      await stream(tenant.key, "claude-haiku-4-5"),
    ];
    await tenant.publish(`${ALLOW_CLAUDE}# the same in other words\n`);
    await tenant.publish(
      `${ALLOW_CLAUDE}  - deny: llm:invoke\n    on: anthropic/claude-sonnet-*\n    id: no-sonnet\n`,
    );
    expect(await sonnet.rest).toBe(`${ENDING}no longer allowed`);
    expect(haiku.isOpen()).toBe(true);
    // To be asked is not to be allowed.
    await tenant.publish(
      `${ALLOW_CLAUDE}  - approve: llm:invoke\n    on: anthropic/claude-haiku-*\n    id: ask\n`,
    );
    expect(await haiku.rest).toBe(`${ENDING}no longer allowed`);
  });

  test("an archived agent's streams end, its sibling's do not", async () => {
    const [archived, sibling] = [await gateway.tenant.newAgent(), await gateway.tenant.newAgent()];
    const [ending, kept] = [await stream(archived.key), await stream(sibling.key)];
    await archived.archive();
    expect(await ending.rest).toBe(`${ENDING}no longer allowed`);
    expect(kept.isOpen()).toBe(true);
    await abortAll([kept]);
  });

  test("a key that expires ends its streams, also one that was given its end while they ran; others go on", async () => {
    const { tenant, control, owner } = gateway;
    const [rotated, other] = [await tenant.newKey(), await control.createTenant()];
    const kept = [await stream(other.key), await stream((await tenant.newKey()).key)];
    const given = await stream(rotated.key);
    const soon = new Date(Date.now() + 3_000);
    const made = await createAgentKey.run(tenant.context, {
      ...{ agentId: tenant.agentId, kind: "test", expiresAt: soon.toISOString() },
    });
    const expiring = await stream(made.key);
    const keyId = decodeId("agentKey", rotated.keyId);
    await owner`UPDATE org.agent_keys SET expires_at = ${soon} WHERE id = ${keyId}`;
    for (const one of [expiring, given]) {
      expect(await one.rest).toBe(`${ENDING}no longer allowed`);
      expect(await outcomeOf(one.id)).toEqual({ outcome: "aborted", error: "no_longer_allowed" });
    }
    expect(Date.now()).toBeGreaterThanOrEqual(soon.getTime());
    expect(kept.map(({ isOpen }) => isOpen())).toEqual([true, true]);
    await abortAll(kept);
  });

  test("a change that commits between admission and forwarding: the upstream never sees the call", async () => {
    const tenant = await gateway.control.createTenant();
    beforeForward = async (exchange) => {
      await tenant.revokeKey(tenant.keyId);
      while (exchange.cutReason === null) await new Promise(setImmediate);
    };
    const reply = await send(`${gateway.url}/v1/x`, {
      headers: [["x-api-key", tenant.key]],
      body: {},
    });
    expect([reply.status, reply.json()]).toEqual([403, { code: "denied" }]);
    expect(gateway.upstream.requests).toHaveLength(0);
    expect(await outcomeOf(reply.header("x-yolo-request-id") ?? "")).toEqual({
      outcome: "not_sent",
      error: "no_longer_allowed",
    });
  });

  test("a change that commits between the decision and admission: decided again, and refused on record", async () => {
    const tenant = await gateway.control.createTenant();
    const warm = await stream(tenant.key);
    // The cache knows nothing of the change yet when the next call is decided.
    await tenant.publish("version: 1\nmode: enforce\nrules:\n  - deny: llm:*\n    id: closed\n");
    const reply = await send(`${gateway.url}/v1/x`, {
      headers: [["x-api-key", tenant.key]],
      body: {},
    });
    expect([reply.status, reply.json()]).toEqual([403, { code: "denied" }]);
    expect(await outcomeOf(reply.header("x-yolo-request-id") ?? "")).toMatchObject({
      outcome: "refused",
    });
    expect(await warm.rest).toBe(`${ENDING}no longer allowed`);
  });
});

describe("the lease and the calls under way", () => {
  test("when the lease is lost all of them end, of every org, and are on record as aborted", async () => {
    const tenants: Tenant[] = [
      await gateway.control.createTenant(),
      await gateway.control.createTenant(),
    ];
    const streams = await Promise.all(tenants.map(({ key }) => stream(key)));
    expect(gateway.deps.live.size()).toBe(2);
    gateway.deps.live.cutAll("lease_ended");
    for (const one of streams) {
      expect(await one.rest).toBe(`${ENDING}lease ended`);
      expect(await outcomeOf(one.id)).toEqual({ outcome: "aborted", error: "lease_ended" });
    }
    while (gateway.deps.live.size() > 0) await new Promise(setImmediate);
  });

  test("the oldest open record is named until it is settled, and none younger than two minutes is passed over", () => {
    let now = Date.now();
    const live = createLive({ peppers: { current: 1, keys: new Map() }, now: () => now });
    const [first, second] = [newId(), newId()];
    expect(live.oldestOpen() < first).toBe(true);
    live.unsettled(second);
    live.unsettled(first);
    now += 3_600_000;
    expect(live.oldestOpen()).toBe(first);
    live.settled(first);
    expect(live.oldestOpen()).toBe(second);
    live.settled(second);
    expect(live.oldestOpen() > second).toBe(true);
  });

  test("a client that goes leaves no call, no open record and nothing unsettled behind", async () => {
    const { deps } = gateway;
    const tenant = await gateway.control.createTenant();
    const streams = await Promise.all(Array.from({ length: 10 }, () => stream(tenant.key)));
    await abortAll(streams);
    for (const { id } of streams)
      expect(await outcomeOf(id)).toEqual({ outcome: "aborted", error: null });
    while (deps.arrivals.size() + deps.live.size() + deps.settlement.pending() > 0) {
      await new Promise(setImmediate);
    }
    const justNow = deps.live.oldestOpen();
    expect(streams.every(({ id }) => id.slice(4) > justNow.replaceAll("-", ""))).toBe(true);
  });
});
