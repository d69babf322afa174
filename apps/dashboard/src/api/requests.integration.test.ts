/** What holds for how requests are sent: idempotency keys and rate limits, over real HTTP. */
import { createApiToken } from "@yolo/control/api-token/create";
import { authenticate } from "@yolo/control/member/authenticate";
import { createTwoOrgs, type TwoOrgs } from "@yolo/control/test/two-orgs";
import { systemClock } from "@yolo/core/clock";
import { connectRedis } from "@yolo/store/redis";
import { createRedis, type TestRedis } from "@yolo/testkit/redis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiServer, startApi } from "../../test/api-server.ts";
import { countRequest } from "./rate-limit.ts";

let orgs: TwoOrgs;
let redis: TestRedis;
let api: ApiServer;
beforeAll(async () => {
  orgs = await createTwoOrgs();
  redis = await createRedis();
  api = await startApi(orgs, { redisUrl: redis.url });
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await redis[Symbol.asyncDispose]();
  await orgs[Symbol.asyncDispose]();
});

async function newToken(): Promise<string> {
  return (await createApiToken.run(orgs.as(orgs.a.members.owner), { name: "t" })).token;
}

interface Asked {
  readonly token: string;
  readonly key?: string;
  readonly body?: object;
  readonly url?: string;
}

/** Creates a project; without a body asks for the list. */
function ask({ token, key, body, url = api.url }: Asked): Promise<Response> {
  return fetch(`${url}/projects`, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { "content-type": "application/json" }),
      ...(key !== undefined && { "idempotency-key": key }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

test("a repeated request gets the first answer and a header that says so", async () => {
  const token = await newToken();
  const asked = { token, key: "8c1f", body: { slug: "once", name: "Once" } };
  const [first, second] = [await ask(asked), await ask(asked)];
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(await second.json()).toEqual(await first.json());
  expect(first.headers.has("idempotent-replayed")).toBe(false);
  expect(second.headers.get("idempotent-replayed")).toBe("true");
  expect(second.headers.get("x-request-id")).not.toBe(first.headers.get("x-request-id"));
  const other = await ask({ ...asked, body: { slug: "twice", name: "Twice" } });
  expect(other.status).toBe(422);
  expect(await other.json()).toMatchObject({ error: { code: "idempotency_key_reused" } });
});

test("a key holds across a member's tokens, so that a new token can finish what an old one began", async () => {
  const body = { slug: "across", name: "N" };
  const made = await ask({ token: await newToken(), key: "across", body });
  const again = await ask({ token: await newToken(), key: "across", body });
  expect(await again.json()).toEqual(await made.json());
});

test.for(["", " ", "a b", "ä", "x".repeat(256)])("no Idempotency-Key: %j", async (key) => {
  const response = await ask({ token: await newToken(), key, body: { slug: "bad", name: "N" } });
  if (key.trim() === "") expect([201, 400, 409]).toContain(response.status);
  else expect(await response.json()).toMatchObject({ error: { code: "malformed_request" } });
});

test("a GET takes no notice of a key", async () => {
  const response = await ask({ token: await newToken(), key: "across" });
  expect(response.status).toBe(200);
  expect(response.headers.has("idempotent-replayed")).toBe(false);
});

test("every answer tells what is left of the minute, errors too", async () => {
  const token = await newToken();
  const first = await ask({ token });
  expect(first.headers.get("ratelimit-policy")).toBe('"minute";q=1200;w=60');
  expect(first.headers.get("ratelimit")).toMatch(/^"minute";r=1199;t=(60|59)$/);
  const refused = await ask({ token, body: { slug: "NO", name: "N" } });
  expect(refused.status).toBe(422);
  expect(refused.headers.get("ratelimit")).toMatch(/^"minute";r=1198;t=\d+$/);
});

test.for(["with Redis", "while Redis is away"])(
  "beyond the limit a token waits and others do not, %s",
  async (how) => {
    const redisUrl = how === "with Redis" ? redis.url : "redis://127.0.0.1:1";
    await using server = await startApi(orgs, { redisUrl });
    const { url } = server;
    const [greedy, other] = [await newToken(), await newToken()];
    // The server's own connection to Redis opens with its first request.
    expect((await ask({ token: other, url })).status).toBe(200);
    const actor = await authenticate({ ...orgs, clock: systemClock }, greedy);
    if (actor.kind !== "member") throw new Error("a token is a member's");
    const client = connectRedis(redisUrl);
    client.on("error", () => undefined);
    if (how === "with Redis") await client.connect();
    for (let sent = 0; sent < 1_199; sent += 1) {
      await countRequest({ redis: client, clock: systemClock }, actor);
    }
    client.disconnect();
    expect((await ask({ token: greedy, url })).status).toBe(200);
    const refused = await ask({ token: greedy, url });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({
      error: { code: "rate_limited", facts: { limit: 1_200 } },
    });
    expect((await ask({ token: other, url })).status).toBe(200);
  },
);
