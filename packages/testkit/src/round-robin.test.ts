import { Agent } from "node:http";
import { expect, test } from "vitest";
import { open, send } from "./http-client.ts";
import { type RoundRobin, startRoundRobin } from "./round-robin.ts";
import { startUpstream, type Upstream } from "./upstream.ts";
import type { Reply } from "./upstream-exchange.ts";
import { resetAfter } from "./upstream-faults.ts";
import { anthropicReply, bytesReply } from "./upstream-replies.ts";

const PATIENCE = { interval: 5, timeout: 30_000 };

interface Gateway {
  readonly upstream: Upstream;
  ready: boolean;
}

/** A target that answers `/readyz` by its `ready` and anything else by `reply`. */
async function startGateway(reply: Reply): Promise<Gateway> {
  const gateway: Gateway = { upstream: await startUpstream(), ready: true };
  gateway.upstream.respondWith((exchange) => {
    if (exchange.request.target !== "/readyz") return reply(exchange);
    return bytesReply(gateway.ready ? 200 : 503, {}, "")(exchange);
  });
  return gateway;
}

function served({ upstream }: Gateway): number {
  return upstream.requests.filter(({ target }) => target !== "/readyz").length;
}

async function untilReady(front: RoundRobin, ...gateways: readonly Gateway[]): Promise<void> {
  const urls = gateways.map(({ upstream }) => upstream.url);
  await expect.poll(() => front.ready, PATIENCE).toEqual(urls);
}

test("requests are spread evenly over what is ready, and pass unchanged both ways", async () => {
  await using front = await startRoundRobin({ probeMs: 5 });
  const reply = bytesReply(201, { "X-Up": ["1", "2"] }, "bytes");
  const [a, b] = [await startGateway(reply), await startGateway(reply)];
  await front.add(a.upstream.url);
  await front.add(b.upstream.url);
  for (let sent = 0; sent < 10; sent += 1) {
    const answer = await send(`${front.url}/v1/x?y`, {
      body: "hello",
      headers: [
        ["host", "demo.localhost"],
        ["X-A", "1"],
      ],
    });
    expect([answer.status, answer.text()]).toEqual([201, "bytes"]);
    expect(answer.rawHeaders).toEqual(expect.arrayContaining(["X-Up", "1", "X-Up", "2"]));
  }
  expect([served(a), served(b)]).toEqual([5, 5]);
  const seen = a.upstream.requests.find(({ method }) => method === "POST");
  expect(seen).toMatchObject({ target: "/v1/x?y" });
  expect(seen?.body.toString()).toBe("hello");
  expect(seen?.rawHeaders).toEqual(expect.arrayContaining(["host", "demo.localhost", "X-A", "1"]));
  await Promise.all([a.upstream.close(), b.upstream.close()]);
});

test("a target that is not ready gets no new request, and what it is answering goes on", async () => {
  await using front = await startRoundRobin({ probeMs: 5 });
  const slow = anthropicReply({ deltas: ["a", "b", "c"], paceMs: 40 });
  const [a, b] = [await startGateway(slow), await startGateway(slow)];
  await front.add(a.upstream.url);
  const body = { model: "m", stream: true };
  const live = await open(`${front.url}/v1/messages`, { body });
  await front.add(b.upstream.url);
  a.ready = false;
  await untilReady(front, b);
  for (let sent = 0; sent < 4; sent += 1) await send(front.url);
  expect([served(a), served(b)]).toEqual([1, 4]);
  let received = "";
  for await (const chunk of live.chunks) received += chunk.toString();
  expect(received).toContain("message_stop");
  a.ready = true;
  await untilReady(front, a, b);
  expect(front.failures).toEqual([]);
  await Promise.all([a.upstream.close(), b.upstream.close()]);
});

test("targets are exchanged one by one under load without a failed request", async () => {
  await using front = await startRoundRobin({ probeMs: 5 });
  const reply = bytesReply(200, {}, "ok");
  const old = [await startGateway(reply), await startGateway(reply)];
  for (const { upstream } of old) await front.add(upstream.url);
  const agent = new Agent({ keepAlive: true });
  const statuses: number[] = [];
  const done = new AbortController();
  const load = Array.from({ length: 8 }, async () => {
    while (!done.signal.aborted) statuses.push((await send(front.url, { agent })).status);
  });
  const fresh: Gateway[] = [];
  for (const gateway of old) {
    const next = await startGateway(reply);
    fresh.push(next);
    await front.add(next.upstream.url);
    await expect.poll(() => served(next), PATIENCE).toBeGreaterThan(10);
    gateway.ready = false;
    await expect.poll(() => front.ready, PATIENCE).not.toContain(gateway.upstream.url);
    await front.remove(gateway.upstream.url);
    await gateway.upstream.close();
  }
  done.abort();
  await Promise.all(load);
  agent.destroy();
  expect(front.failures).toEqual([]);
  expect(new Set(statuses)).toEqual(new Set([200]));
  for (const { upstream } of fresh) await upstream.close();
});

test("it hides nothing: a broken answer reaches the caller and is counted", async () => {
  await using front = await startRoundRobin({ probeMs: 5 });
  const gateway = await startGateway(resetAfter(3, bytesReply(200, {}, "12345")));
  await front.add(gateway.upstream.url);
  await expect(send(front.url)).rejects.toThrow();
  expect(front.failures).toHaveLength(1);
  await gateway.upstream.close();
});

test("with no target ready the answer is 503, and counts as a failure", async () => {
  await using front = await startRoundRobin({ probeMs: 5 });
  expect((await send(front.url)).status).toBe(503);
  expect(front.failures).toHaveLength(1);
});

test("a caller that leaves is no failure, and its target sees it leave", async () => {
  await using front = await startRoundRobin({ probeMs: 5 });
  const gateway = await startGateway(anthropicReply({ deltas: ["a"], paceMs: 600_000 }));
  await front.add(gateway.upstream.url);
  const reply = await open(`${front.url}/v1/messages`, { body: { model: "m", stream: true } });
  reply.abort();
  const seen = gateway.upstream.requests.find(({ target }) => target === "/v1/messages");
  await seen?.ended;
  expect(seen?.abortedAtMs).toBeDefined();
  expect(front.failures).toEqual([]);
  await gateway.upstream.close();
});
