/** What every surface must do inside a gateway: tried on a real process, database and upstream. */
import { createDatabase } from "@yolo/testkit/database";
import { type HttpReply, open, send } from "@yolo/testkit/http-client";
import { startUpstream, type Upstream } from "@yolo/testkit/upstream";
import { bytesReply } from "@yolo/testkit/upstream-replies";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type GatewayProcess, startGateway } from "../../test/gateway-process.ts";
import { connectControlPlane, createSecrets, type Tenant } from "../../test/tenant.ts";
import type { SampleRequest, SurfaceSample } from "./conformance.ts";

export interface LiveSample extends SurfaceSample {
  /** A request that the policy of a new tenant allows, with `text` in a string of its body. */
  allowed(text: string): SampleRequest;
  /** One that it denies. */
  readonly denied: SampleRequest;
  /** Every way to carry the agent key: names and values of headers. */
  credentials(key: string): readonly (readonly (readonly [string, string])[])[];
}

export interface LiveWorld {
  readonly upstream: Upstream;
  readonly gateway: GatewayProcess;
  /** Its key reaches `upstream`. */
  readonly tenant: Tenant;
}

/** Well within a second on an idle machine; tests run on busy ones. */
const ABORT_MS = 1_000;

/** Starts a world, runs the suite in it and whatever else `more` adds. */
export function describeThroughGateway(
  sample: LiveSample,
  more: (world: () => LiveWorld) => void,
): void {
  const stack = new AsyncDisposableStack();
  let made: LiveWorld | undefined;
  const world = (): LiveWorld => {
    if (made === undefined) throw new Error("the world has not begun");
    return made;
  };
  beforeAll(async () => {
    made = await createWorld(stack);
  });
  afterAll(() => stack.disposeAsync());
  beforeEach(() => {
    world().upstream.forget();
    world().upstream.respondWith(bytesReply(200, { "content-type": "application/json" }, "{}"));
  });
  describe("conforms to what every surface must do in a gateway", () => {
    passesBytes(sample, world);
    keepsCredentials(sample, world);
    refuses(sample, world);
    abortsWithItsClient(sample, world);
  });
  more(world);
}

async function createWorld(stack: AsyncDisposableStack): Promise<LiveWorld> {
  const database = stack.use(await createDatabase());
  const secrets = stack.use(await createSecrets());
  const upstream = stack.use(await startUpstream());
  const shared = { secretsFile: secrets.file, testModelUrl: upstream.url };
  const gateway = stack.use(await startGateway({ ...shared, gatewayUrl: database.gatewayUrl }));
  const control = stack.use(connectControlPlane({ ...shared, appUrl: database.appUrl }));
  return { upstream, gateway, tenant: await control.createTenant() };
}

type World = () => LiveWorld;

function ask(
  { gateway }: LiveWorld,
  request: SampleRequest,
  credential: readonly (readonly [string, string])[],
): Promise<HttpReply> {
  const headers = [...credential, ...Object.entries(request.headers ?? {})];
  return send(gateway.url + request.path, {
    method: request.method,
    headers,
    ...(request.body !== null && { body: request.body }),
  });
}

function passesBytes({ allowed, credentials }: LiveSample, world: World): void {
  const odd = `\r\n {"a" :\t"\\u00e9\\/ \\ud83d\\ude00 é", "b":[ 1.50e+2 ]}\n`;

  test.each([
    ["an answer", 200, { "content-type": "application/json; charset=utf-8" }],
    [
      "an error of the upstream's",
      529,
      { "retry-after": "7", "x-should-retry": "true", "x-odd": "a b" },
    ],
    ["an error that is no JSON", 502, { "content-type": "text/html" }],
  ])("%s passes unchanged, and so did the request", async (_what, status, headers) => {
    const { upstream, tenant } = world();
    upstream.respondWith(bytesReply(status, headers, odd));
    const request = allowed("é 😀");
    const [credential = []] = credentials(tenant.key);
    const sent = {
      ...request,
      body: `  ${request.body}\n`,
      headers: { ...request.headers, "x-some-header": "Tomorrow's" },
    };
    const reply = await ask(world(), sent, credential);
    expect([reply.status, reply.text()]).toEqual([status, odd]);
    for (const [name, value] of Object.entries(headers)) expect(reply.header(name)).toBe(value);
    const [seen] = upstream.requests;
    expect(seen?.body.toString()).toBe(sent.body);
    expect(seen?.target).toBe(sent.path);
    expect(seen?.header("x-some-header")).toBe("Tomorrow's");
  });
}

function keepsCredentials({ allowed, credentials }: LiveSample, world: World): void {
  test("the agent key reaches no upstream, in whatever header it comes or if a body tells it", async () => {
    const { upstream, tenant } = world();
    const ways = credentials(tenant.key);
    for (const credential of ways) {
      const reply = await ask(world(), allowed(`my key is ${tenant.key}`), credential);
      expect(reply.status).toBe(200);
    }
    expect(upstream.requests).toHaveLength(ways.length);
    for (const { rawHeaders, target, body } of upstream.requests) {
      const seen = `${rawHeaders.join("\n")}\n${target}\n${body.toString()}`;
      expect(seen).not.toContain(tenant.key);
      expect(seen).not.toContain("ylg_");
      expect(seen).toContain("my key is [secret:agent_key]");
    }
  });
}

function refuses({ allowed, denied, credentials, readRefusal }: LiveSample, world: World): void {
  test("what the policy denies is refused with rule and id, and the upstream sees nothing", async () => {
    const { upstream, tenant } = world();
    const [credential = []] = credentials(tenant.key);
    const reply = await ask(world(), denied, credential);
    const refusal = readRefusal(reply);
    expect(reply.status).toBe(403);
    expect(refusal.isRetried).toBe(false);
    expect(refusal.message).toContain(refusal.requestId);
    expect(refusal.message).toMatch(/line \d+/);
    expect(upstream.requests).toHaveLength(0);
  });

  test("a wrong key is refused without a hint, and the upstream sees nothing", async () => {
    const { upstream, tenant } = world();
    const wrong = tenant.key.replace(/.{6}$/, "000000");
    const [credential = []] = credentials(wrong);
    const reply = await ask(world(), allowed("hi"), credential);
    expect(reply.status).toBe(401);
    expect(readRefusal(reply).message).not.toContain(tenant.slug);
    expect(upstream.requests).toHaveLength(0);
  });

  test("a body that is not strictly JSON is refused, and the upstream sees nothing", async () => {
    const { upstream, tenant } = world();
    const request = allowed("hi");
    const [credential = []] = credentials(tenant.key);
    for (const body of [
      `${request.body}x`,
      `\ufeff${request.body}`,
      request.body?.slice(0, -1),
      "[".repeat(100_000),
    ]) {
      const reply = await ask(world(), { ...request, body: body ?? "" }, credential);
      expect(reply.status).toBe(400);
      expect(readRefusal(reply).message).toContain("byte");
    }
    expect(upstream.requests).toHaveLength(0);
  });
}

function abortsWithItsClient({ allowed, credentials }: LiveSample, world: World): void {
  test("when the client goes the upstream is aborted at once", async () => {
    const { upstream, tenant, gateway } = world();
    upstream.respondWith(async (exchange) => {
      exchange.sendHead(200, { "content-type": "text/event-stream" });
      await exchange.write(": begun\n\n");
    });
    const request = allowed("hi");
    const [credential = []] = credentials(tenant.key);
    const reply = await open(gateway.url + request.path, {
      method: request.method,
      headers: credential,
      ...(request.body !== null && { body: request.body }),
    });
    const seen = await upstream.arrival(1);
    const goneAt = performance.timeOrigin + performance.now();
    reply.abort();
    await seen.ended;
    expect((seen.abortedAtMs ?? Number.POSITIVE_INFINITY) - goneAt).toBeLessThan(ABORT_MS);
  });
}
