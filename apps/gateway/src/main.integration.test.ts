/** The process as those who run it see it. */

import { createDatabase, type TestDatabase } from "@yolo/testkit/database";
import { type OpenReply, open, send } from "@yolo/testkit/http-client";
import { startUpstream, type Upstream } from "@yolo/testkit/upstream";
import { anthropicReply } from "@yolo/testkit/upstream-replies";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type GatewayProcess, startGateway } from "../test/gateway-process.ts";
import { connectControlPlane, createSecrets, type Tenant } from "../test/tenant.ts";

const stack = new AsyncDisposableStack();
let database: TestDatabase;
let upstream: Upstream;
let tenant: Tenant;
let secretsFile: string;

beforeAll(async () => {
  database = stack.use(await createDatabase());
  upstream = stack.use(await startUpstream());
  secretsFile = stack.use(await createSecrets()).file;
  const shared = { secretsFile, testModelUrl: upstream.url };
  const control = stack.use(connectControlPlane({ appUrl: database.appUrl, ...shared }));
  tenant = await control.createTenant();
});
afterAll(() => stack.disposeAsync());

function start(env: Readonly<Record<string, string>> = {}): Promise<GatewayProcess> {
  const shared = { secretsFile, testModelUrl: upstream.url };
  return startGateway({ gatewayUrl: database.gatewayUrl, ...shared, env });
}

function stream(gateway: GatewayProcess): Promise<OpenReply> {
  return open(`${gateway.url}/v1/messages`, {
    headers: [["x-api-key", tenant.key]],
    body: {
      model: "claude-sonnet-4-5",
      max_tokens: 10,
      stream: true,
      messages: [{ role: "user", content: "hi" }],
    },
  });
}

describe("those who run the process", () => {
  test("have a listener of their own, which serves no call and stays open while calls end", async () => {
    upstream.respondWith(anthropicReply({ deltas: ["a"], paceMs: 600_000 }));
    await using gateway = await start({
      ...{ DRAIN_SECONDS: "60", LAME_DUCK_SECONDS: "0", CALLS_MAX: "1" },
    });
    const ask = (path: string) => send(gateway.operatorUrl + path);
    expect((await ask("/healthz")).text()).toBe("ok\n");
    expect((await ask("/readyz")).json()).toEqual({ ready: true, open: true, lease: true });
    expect((await ask("/metrics")).text()).toContain("\nyolo_live_calls 0\n");
    const headers = [["x-api-key", tenant.key]] as const;
    const call = { method: "POST", headers, body: {} };
    expect((await send(`${gateway.operatorUrl}/v1/messages`, call)).status).toBe(405);
    expect((await send(`${gateway.url}/metrics`)).status).toBe(401);

    const live = await stream(gateway);
    const further = await stream(gateway);
    expect([further.status, further.header("x-yolo-error")]).toEqual([503, "overloaded"]);
    expect(further.header("retry-after")).toMatch(/^[1-4]$/);
    expect((await ask("/readyz")).status).toBe(200);
    expect((await ask("/metrics")).text()).toContain('{code="overloaded"} 1\n');
    gateway.process.kill("SIGTERM");
    await expect.poll(async () => (await ask("/readyz")).status).toBe(503);
    expect((await ask("/readyz")).json()).toEqual({ ready: false, open: false, lease: true });
    expect((await ask("/healthz")).status).toBe(200);
    expect((await ask("/metrics")).text()).toContain("\nyolo_live_calls 1\n");
    live.abort();
    expect(await gateway.process.exited).toMatchObject({ code: 0 });
  });

  test("are told when that listener's port is taken", async () => {
    await using first = await start();
    const { port } = new URL(first.operatorUrl);
    const second = start({ OPERATOR_PORT: port, PORT: "0" });
    await expect(second).rejects.toThrow(/EADDRINUSE.*:/);
  });
});
