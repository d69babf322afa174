import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { type HttpReply, open, send } from "./http-client.ts";
import { startUpstream, type Upstream } from "./upstream.ts";
import {
  answerUnread,
  oversizedBody,
  oversizedHead,
  rawReply,
  readSlowly,
  resetAfter,
  resetBeforeHead,
  stall,
  stallAfter,
} from "./upstream-faults.ts";
import { anthropicReply, bytesReply, jsonReply } from "./upstream-replies.ts";

const call = { model: "m", messages: [{ role: "user", content: "hi" }], stream: true };

function post(upstream: Upstream, signal?: AbortSignal): Promise<HttpReply> {
  return send(`${upstream.url}/v1/messages`, { body: call, ...(signal && { signal }) });
}

/** What came before the connection was lost, and whether it was. */
async function receive(upstream: Upstream): Promise<{ bytes: Buffer; lost: boolean }> {
  const reply = await open(`${upstream.url}/v1/messages`, { body: call });
  const chunks: Buffer[] = [];
  let lost = false;
  try {
    for await (const chunk of reply.chunks) chunks.push(chunk);
  } catch {
    lost = true;
  }
  return { bytes: Buffer.concat(chunks), lost };
}

describe("connections break where they are told to", () => {
  test("before the head", async () => {
    await using upstream = await startUpstream();
    upstream.respondWith(resetBeforeHead());
    await expect(post(upstream)).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(upstream.requests[0]).toMatchObject({ bytesWritten: 0 });
    expect(upstream.requests[0]?.body.toString()).toBe(JSON.stringify(call));
  });

  test.each([1, 100, 700])("after %i bytes of a stream or of a known length", async (bytes) => {
    await using upstream = await startUpstream();
    for (const reply of [anthropicReply(), bytesReply(200, {}, "x".repeat(1_000))]) {
      upstream.respondWith(resetAfter(bytes, reply));
      expect(await receive(upstream)).toMatchObject({ lost: true, bytes: { length: bytes } });
    }
  });

  test("not at all when the answer is shorter", async () => {
    await using upstream = await startUpstream();
    upstream.respondWith(resetAfter(1_000, jsonReply(200, { ok: true })));
    expect(await receive(upstream)).toMatchObject({ lost: false, bytes: { length: 11 } });
  });
});

describe("answers stall", () => {
  test("before the head, until the caller leaves", async () => {
    await using upstream = await startUpstream();
    upstream.respondWith(stall());
    const leaving = new AbortController();
    const reply = post(upstream, leaving.signal);
    const seen = await upstream.arrival(1);
    leaving.abort();
    await expect(reply).rejects.toThrow("abort");
    await seen.ended;
    expect(seen.abortedAtMs).toBeDefined();
  });

  test("after so many bytes, until the caller leaves", async () => {
    await using upstream = await startUpstream();
    upstream.respondWith(stallAfter(50, anthropicReply()));
    const reply = await open(`${upstream.url}/v1/messages`, { body: call });
    const chunks: Buffer[] = [];
    for await (const chunk of reply.chunks) {
      chunks.push(chunk);
      if (Buffer.concat(chunks).length >= 50) break;
    }
    expect(Buffer.concat(chunks).length).toBe(50);
    const [seen] = upstream.requests;
    await seen?.ended;
    expect(seen).toMatchObject({ bytesWritten: 50, abortedAtMs: expect.any(Number) });
  });
});

test("a slow reader stops the sender, and reads on when released", async () => {
  await using upstream = await startUpstream({ keepBodies: false });
  const release = Promise.withResolvers<void>();
  upstream.respondWith(readSlowly(1_000, release.promise, jsonReply(200, {})));
  const size = 64 * 1024 * 1024;
  const socket = connect(Number(new URL(upstream.url).port), "127.0.0.1");
  socket.write(`POST / HTTP/1.1\r\nhost: x\r\ncontent-length: ${size}\r\n\r\n`);
  socket.write(Buffer.alloc(size));
  const seen = await upstream.arrival(1);
  await expect.poll(() => seen.bytesRead, { timeout: 30_000 }).toBeGreaterThanOrEqual(1_000);
  expect(seen.bytesRead).toBeLessThan(1024 * 1024);
  expect(socket.writableLength).toBeGreaterThan(0);
  release.resolve();
  await seen.ended;
  expect(seen.bytesRead).toBe(size);
  socket.destroy();
});

test("an answer may come before the body is read", async () => {
  await using upstream = await startUpstream();
  upstream.respondWith(answerUnread(401, "no"));
  expect(await post(upstream)).toMatchObject({ status: 401 });
  expect(upstream.requests[0]?.bytesRead).toBe(0);
});

test("a head may be no HTTP at all, or too large", async () => {
  await using upstream = await startUpstream();
  upstream.respondWith(rawReply("HTTP/1.1 banana\r\n\r\n"));
  await expect(post(upstream)).rejects.toMatchObject({ code: "HPE_INVALID_STATUS" });
  upstream.respondWith(oversizedHead(64 * 1024));
  await expect(post(upstream)).rejects.toMatchObject({ code: "HPE_HEADER_OVERFLOW" });
});

test("a body may be huge, and waits for its reader", async () => {
  await using upstream = await startUpstream();
  const size = 64 * 1024 * 1024 + 1;
  upstream.respondWith(oversizedBody(size));
  const reply = await open(upstream.url, { body: call });
  const [seen] = upstream.requests;
  expect(seen?.bytesWritten).toBeLessThan(size);
  let bytes = 0;
  for await (const chunk of reply.chunks) bytes += chunk.length;
  expect(bytes).toBe(size);
});
