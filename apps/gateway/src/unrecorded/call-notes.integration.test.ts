import { randomBytes } from "node:crypto";
import { archiveAgent } from "@yolo/control/agent/archive";
import { createAgentKey } from "@yolo/control/agent-key/create";
import { decodeId } from "@yolo/core/ids";
import { mintToken } from "@yolo/identity/token";
import { connectRedis } from "@yolo/store/redis";
import { createUnrecordedCalls, type UnrecordedCall } from "@yolo/store/unrecorded-calls";
import { type HttpReply, send } from "@yolo/testkit/http-client";
import { createRedis, type TestRedis } from "@yolo/testkit/redis";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type InProcess, startInProcess } from "../../test/in-process.ts";
import type { Tenant } from "../../test/tenant.ts";
import { anthropic } from "../surfaces/llm/anthropic.ts";

let redis: TestRedis;
let gateway: InProcess;
let client: ReturnType<typeof connectRedis>;
beforeAll(async () => {
  redis = await createRedis();
  gateway = await startInProcess({ surface: anthropic, env: { REDIS_URL: redis.url } });
  client = connectRedis(redis.url);
});
afterAll(async () => {
  client.disconnect();
  await gateway[Symbol.asyncDispose]();
  await redis[Symbol.asyncDispose]();
});

const HELLO = { model: "claude-sonnet-5-5", max_tokens: 10, messages: [] };

interface Sent {
  readonly host: string;
  readonly key?: string;
  readonly header?: string;
  readonly path?: string;
  readonly body?: object | string;
}

function call(
  to: InProcess,
  { host, key, header = "x-api-key", path = "/v1/messages", body = HELLO }: Sent,
): Promise<HttpReply> {
  return send(`${to.url}${path}`, {
    headers: [["host", host], ...(key === undefined ? [] : [[header, key] as const])],
    body,
  });
}

/** The org's newest note, once it is there. */
async function noteOf(tenant: Tenant, requestId: string): Promise<UnrecordedCall> {
  const calls = createUnrecordedCalls(client);
  return vi.waitFor(async () => {
    const found = (await calls.read(tenant.orgId, 0)).find((one) => one.requestId === requestId);
    if (found === undefined) throw new Error("not noted yet");
    return found;
  }, 5_000);
}

function idOf(reply: HttpReply): string {
  return reply.header("x-yolo-request-id") ?? "";
}

describe("a call that leaves no record is noted for the org that its host names", () => {
  const mistyped = (key: string) => key.slice(0, -1) + (key.endsWith("0") ? "1" : "0");

  test.for<[string, string, (tenant: Tenant) => Partial<Sent>]>([
    ["no_key", "nothing came", () => ({})],
    ["not_an_agent_key", "a provider's key came", () => ({ key: "sk-ant-api03-secret-of-theirs" })],
    ["member_token", "a member's token came", () => ({ key: mintToken("member").reveal() })],
    ["mistyped_key", "a character is wrong", ({ key }) => ({ key: mistyped(key) })],
    ["mistyped_key", "half of it came", ({ key }) => ({ key: key.slice(0, 20) })],
    ["unknown_key", "it is nobody's", () => ({ key: mintToken("live").reveal() })],
    ["unsupported_path", "/v1 stands twice", ({ key }) => ({ key, path: "/v1/v1/messages" })],
    ["unreadable", "the path is not plain", ({ key }) => ({ key, path: "//v1/messages" })],
    ["unreadable", "the body is not JSON", ({ key }) => ({ key, body: "{" })],
  ])("%s: %s", async ([reason, , over]) => {
    const { tenant } = gateway;
    const host = `${tenant.slug}.localhost`;
    const reply = await call(gateway, { host, ...over(tenant) });
    const note = await noteOf(tenant, idOf(reply));
    expect(note).toMatchObject({ reason, host, status: reply.status, method: "POST" });
  });

  test("a key that is dead says why, and which it was", async () => {
    const tenant = await gateway.control.createTenant();
    const { context, slug } = tenant;
    const expired = await createAgentKey.run(context, {
      ...{ agentId: tenant.agentId, kind: "test" },
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
    });
    await gateway.owner`UPDATE org.agent_keys SET expires_at = now() - interval '1 second' WHERE id = ${decodeId("agentKey", expired.id)}`;
    const revoked = await tenant.newKey();
    await tenant.revokeKey(revoked.keyId);
    const attempts = [
      ["expired_key", expired.key],
      ["revoked_key", revoked.key],
    ] as const;
    for (const host of [`${slug}.localhost`, "127.0.0.1"]) {
      for (const [reason, key] of attempts) {
        const note = await noteOf(tenant, idOf(await call(gateway, { host, key })));
        expect(note).toMatchObject({
          reason,
          key: { lastFour: key.slice(-4), isWellFormed: true },
        });
        expect(note.key?.id).not.toBeNull();
      }
    }
    const other = await tenant.newKey();
    await archiveAgent.run(context, { id: tenant.agentId });
    const note = await noteOf(
      tenant,
      idOf(await call(gateway, { host: "127.0.0.1", key: other.key })),
    );
    // Archiving an agent revokes its keys: the nearer reason counts.
    expect(note.reason).toBe("revoked_key");
  });

  test("another org's key: both orgs are told, neither of them who the other is", async () => {
    const [mine, theirs] = [gateway.tenant, await gateway.control.createTenant()];
    const reply = await call(gateway, { host: `${mine.slug}.localhost`, key: theirs.key });
    const [here, there] = [await noteOf(mine, idOf(reply)), await noteOf(theirs, idOf(reply))];
    expect(here).toMatchObject({ reason: "other_org", key: { id: null } });
    expect(JSON.stringify(here)).not.toContain(theirs.slug);
    expect(there.reason).toBe("other_host");
  });
});

test("what has a record is not noted, nor is what went well", async () => {
  const tenant = await gateway.control.createTenant();
  const host = `${tenant.slug}.localhost`;
  const denied = { ...HELLO, model: "claude-opus-4-1", messages: [{ role: "user", content: "x" }] };
  expect((await call(gateway, { host, key: tenant.key, body: denied })).status).toBe(403);
  const after = await call(gateway, { host });
  await noteOf(tenant, idOf(after));
  expect(await createUnrecordedCalls(client).read(tenant.orgId, 0)).toHaveLength(1);
});

test("no key and no provider's credential ever stands in Redis, wherever it was put", async () => {
  const { tenant } = gateway;
  const host = `${tenant.slug}.localhost`;
  const canary = `sk-ant-${randomBytes(16).toString("hex")}`;
  const wrong = mintToken("live").reveal();
  const replies = [
    await call(gateway, { host, key: canary }),
    await call(gateway, { host, key: `Bearer ${canary}`, header: "authorization" }),
    await call(gateway, { host, key: wrong, path: `/v1/${wrong}` }),
    await call(gateway, { host, key: wrong, header: "x-yolo-key" }),
  ];
  for (const reply of replies) await noteOf(tenant, idOf(reply));
  const keys = await client.keys("*");
  const texts = await Promise.all(keys.map((key) => client.lrange(key, 0, -1)));
  const stored = JSON.stringify(texts);
  for (const secret of [canary, wrong, tenant.key]) expect(stored).not.toContain(secret);
  expect(stored).toContain(wrong.slice(-4));
});

test("a flood is answered as ever and leaves a handful of notes, which are gone after an hour", async () => {
  const tenant = await gateway.control.createTenant();
  const host = `${tenant.slug}.localhost`;
  const one = async () => expect((await call(gateway, { host })).status).toBe(401);
  for (let round = 0; round < 30; round += 1) await Promise.all(Array.from({ length: 20 }, one));
  const notes = await createUnrecordedCalls(client).read(tenant.orgId, 0);
  expect(notes.length).toBeLessThanOrEqual(50);
  const [key = ""] = await client.keys(`*${tenant.orgId}*`);
  expect(await client.llen(key)).toBeLessThanOrEqual(50);
  const ttl = await client.ttl(key);
  expect(ttl).toBeGreaterThan(3_500);
  expect(ttl).toBeLessThanOrEqual(3_600);
});

test("while Redis is away nothing else changes", async () => {
  await using away = await startInProcess({
    surface: anthropic,
    env: { REDIS_URL: "redis://127.0.0.1:1" },
  });
  const { slug, key } = away.tenant;
  const host = `${slug}.localhost`;
  expect((await call(away, { host })).status).toBe(401);
  const hello = { ...HELLO, messages: [{ role: "user", content: "hi" }] };
  expect((await call(away, { host, key, body: hello })).status).toBe(200);
});
