import { once } from "node:events";
import { Agent, request } from "node:http";
import { expect, test } from "vitest";
import { open, send } from "./http-client.ts";
import { startUpstream } from "./upstream.ts";
import type { Reply } from "./upstream-exchange.ts";
import { anthropicReply, bytesReply, encodeEvent, errorReply } from "./upstream-replies.ts";

const call = { model: "claude-x", max_tokens: 9, messages: [{ role: "user", content: "hi" }] };

test("what arrived is recorded exactly, head and body", async () => {
  await using upstream = await startUpstream();
  const before = performance.timeOrigin + performance.now();
  await send(`${upstream.url}/v1/messages?beta=true`, {
    body: call,
    headers: [
      ["X-Id", "a"],
      ["X-Id", "b"],
    ],
  });
  const [seen, ...others] = upstream.requests;
  expect(others).toEqual([]);
  expect(seen).toMatchObject({ number: 1, method: "POST", target: "/v1/messages?beta=true" });
  expect(seen?.rawHeaders).toEqual(expect.arrayContaining(["X-Id", "a", "X-Id", "b"]));
  expect(seen?.header("x-id")).toBe("a");
  expect(seen?.body.toString()).toBe(JSON.stringify(call));
  expect(seen?.bytesRead).toBe(seen?.body.length);
  expect(seen?.arrivedAtMs).toBeGreaterThan(before);
  expect(seen?.abortedAtMs).toBeUndefined();
});

test("a message is answered as JSON or as events that the request asked for", async () => {
  await using upstream = await startUpstream();
  const whole = await send(`${upstream.url}/v1/messages`, { body: call });
  expect(whole.json()).toMatchObject({
    model: "claude-x",
    content: [{ type: "text", text: "Hello from upstream" }],
    usage: { input_tokens: 10, output_tokens: 5 },
  });
  const toolCall = { id: "toolu_1", name: "Bash", input: { command: "ls" } };
  upstream.respondWith(anthropicReply({ deltas: ["a", "b"], toolCall, outputTokens: 7 }));
  const streamed = await send(`${upstream.url}/v1/messages`, { body: { ...call, stream: true } });
  const types = [...streamed.text().matchAll(/^event: (.*)$/gm)].map(([, type]) => type);
  expect(types).toEqual([
    ...["message_start", "content_block_start", "ping", "content_block_delta"],
    ...["content_block_delta", "content_block_stop", "content_block_start"],
    ...["content_block_delta", "content_block_stop", "message_delta", "message_stop"],
  ]);
  expect(streamed.text()).toContain(encodeEvent({ type: "message_stop" }));
  expect(upstream.requests[1]?.bytesWritten).toBe(streamed.body.length);
});

test("replies are taken one by one, then the standing one again", async () => {
  await using upstream = await startUpstream();
  upstream.respondNext(
    bytesReply(418, { "x-odd": "1" }, "\u0000tea"),
    errorReply(529, "overloaded_error", "busy", { "retry-after": "2" }),
  );
  const odd = await send(`${upstream.url}/v1/messages`, { body: call });
  expect([odd.status, odd.header("x-odd"), odd.text()]).toEqual([418, "1", "\u0000tea"]);
  const busy = await send(`${upstream.url}/v1/messages`, { body: call });
  expect([busy.status, busy.header("retry-after")]).toEqual([529, "2"]);
  expect(busy.json()).toEqual({
    type: "error",
    error: { type: "overloaded_error", message: "busy" },
  });
  expect((await send(`${upstream.url}/v1/messages`, { body: call })).status).toBe(200);
});

test("the hook sees a request before its body is read, and holds the answer back", async () => {
  await using upstream = await startUpstream();
  const release = Promise.withResolvers<void>();
  upstream.onArrival(async (arrived) => {
    expect(arrived.bytesRead).toBe(0);
    if (arrived.number === 1) await release.promise;
  });
  let answered = false;
  const reply = send(`${upstream.url}/v1/messages`, { body: call }).finally(() => {
    answered = true;
  });
  await upstream.arrival(1);
  await send(`${upstream.url}/v1/messages`, { body: call });
  expect(answered).toBe(false);
  release.resolve();
  expect((await reply).status).toBe(200);
});

test("requests are counted by a header", async () => {
  await using upstream = await startUpstream();
  const ids = ["a", "b", "a", undefined];
  for (const id of ids) {
    await send(`${upstream.url}/x`, { headers: id === undefined ? [] : [["x-id", id]] });
  }
  expect([...upstream.countBy("x-id")].toSorted()).toEqual([
    ["a", 2],
    ["b", 1],
  ]);
  upstream.forget();
  expect(upstream.countBy("x-id").size).toBe(0);
  expect(upstream.requests).toEqual([]);
});

test("a caller that leaves is seen to have left, and when", async () => {
  await using upstream = await startUpstream();
  upstream.respondWith(anthropicReply({ deltas: ["a", "b"], paceMs: 600_000 }));
  const reply = await open(`${upstream.url}/v1/messages`, { body: { ...call, stream: true } });
  const seen = await upstream.arrival(1);
  reply.abort();
  const left = performance.timeOrigin + performance.now();
  await seen.ended;
  expect(seen.abortedAtMs).toBeGreaterThanOrEqual(left - 5);
  expect(seen.abortedAtMs).toBeLessThan(left + 1_000);
});

test("a body that is cut off is recorded as far as it came", async () => {
  await using upstream = await startUpstream();
  const sent = request(`${upstream.url}/v1/messages`, {
    method: "POST",
    headers: { "content-length": 1_000 },
  });
  const failed = once(sent, "error").catch(() => undefined);
  sent.write("half");
  const seen = await upstream.arrival(1);
  await expect.poll(() => seen.bytesRead, { timeout: 30_000 }).toBe(4);
  sent.destroy();
  await seen.ended;
  await failed;
  expect(seen.abortedAtMs).toBeDefined();
  expect(seen.body.toString()).toBe("half");
});

test("a reply or hook that fails is not swallowed", async () => {
  const upstream = await startUpstream();
  upstream.respondWith(() => {
    throw new Error("wrong expectation");
  });
  await expect(send(upstream.url)).rejects.toThrow();
  await expect(upstream.close()).rejects.toMatchObject({
    errors: [expect.objectContaining({ message: "wrong expectation" })],
  });
});

test("without kept bodies they are counted and dropped", async () => {
  await using upstream = await startUpstream({ keepBodies: false });
  await send(`${upstream.url}/v1/messages`, { body: call });
  expect(upstream.requests[0]?.body.length).toBe(0);
  expect(upstream.requests[0]?.bytesRead).toBe(JSON.stringify(call).length);
});

test("a thousand requests over 16 connections are each answered and counted once", async () => {
  await using upstream = await startUpstream({ keepBodies: false });
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const ids = Array.from({ length: 1_000 }, (_, index) => String(index));
  const replies = await Promise.all(
    ids.map((id) =>
      send(`${upstream.url}/v1/messages`, { agent, body: call, headers: [["x-id", id]] }),
    ),
  );
  agent.destroy();
  expect(replies.every(({ status }) => status === 200)).toBe(true);
  expect([...upstream.countBy("x-id").values()]).toEqual(ids.map(() => 1));
});

test("any function is a reply", async () => {
  await using upstream = await startUpstream();
  const shout: Reply = async (exchange) => {
    const body = await exchange.readBody();
    exchange.sendHead(200, { "content-type": "text/plain" });
    await exchange.write(body.toString().toUpperCase());
    exchange.end("!");
  };
  upstream.respondWith(shout);
  expect((await send(upstream.url, { body: "loud" })).text()).toBe("LOUD!");
});
