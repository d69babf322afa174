import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { connect } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { open, send } from "@yolo/testkit/http-client";
import { startUpstream, type Upstream as TestUpstream } from "@yolo/testkit/upstream";
import type { Reply } from "@yolo/testkit/upstream-exchange";
import {
  answerUnread,
  oversizedBody,
  oversizedHead,
  rawReply,
  readSlowly,
  resetAfter,
  resetBeforeHead,
  stall,
} from "@yolo/testkit/upstream-faults";
import { bytesReply, eventsReply, jsonReply } from "@yolo/testkit/upstream-replies";
import fc from "fast-check";
import { Agent, type Dispatcher } from "undici";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Exchange } from "../exchange.ts";
import { type Connections, createConnections } from "./connections.ts";
import { type Relayed, type RelayRequest, relay, type Tap } from "./relay.ts";
import type { Upstream } from "./upstream.ts";

const PLAIN_TAP: Tap = {
  chunk: () => undefined,
  ending: (why) => Buffer.from(`[${why}]`),
  bytesToEventEnd: () => 0,
};
const CUT_TEXT = { no_longer_allowed: "revoked", shutting_down: "leaving", lease_ended: "lease" };

let upstream: TestUpstream;
let connections: Connections;
let server: Server;
let url: string;
/** How the next requests are relayed. */
let request: Partial<RelayRequest> = {};
let exchanges: { readonly exchange: Exchange; readonly relayed: Promise<Relayed> }[] = [];
let beforeRelay: (exchange: Exchange) => void = () => undefined;
/** Where they go. */
let target: Upstream;

beforeAll(async () => {
  upstream = await startUpstream();
  connections = createConnections({ testModelOrigin: upstream.url, localMode: true });
  server = createServer((incoming, response) => {
    const exchange = new Exchange(incoming, response, performance.now());
    const body: Buffer[] = [];
    incoming.on("data", (chunk) => body.push(chunk));
    incoming.on("end", () => {
      beforeRelay(exchange);
      const relayed = relay(
        {
          ...{ method: "POST", target: exchange.head.path + exchange.head.query },
          ...{ headers: ["x-kept", "1"], cutText: CUT_TEXT, tap: () => PLAIN_TAP },
          body: Buffer.concat(body),
          ...request,
        },
        exchange,
        target,
      );
      exchanges.push({ exchange, relayed });
      void relayed.then(({ error }) => {
        if (!response.headersSent) response.writeHead(error?.status ?? 499).end();
      });
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/v1/x?a=b`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await connections.close();
  await upstream.close();
});
beforeEach(() => {
  target = upstreamOf(connections.dispatcherFor("org", upstream.url), upstream.url);
});
afterEach(() => {
  request = {};
  exchanges = [];
  beforeRelay = () => undefined;
  upstream.forget();
});

function upstreamOf(dispatcher: Dispatcher, origin: string): Upstream {
  return { origin, basePath: "", dispatcher, credentialHeaders: [] };
}

/** The n-th exchange of a test (from 0), once it has come. */
async function exchangeOf(index: number) {
  for (;;) {
    const found = exchanges[index];
    if (found !== undefined) return found;
    await new Promise(setImmediate);
  }
}

async function relayedOf(index = 0): Promise<Relayed> {
  return (await exchangeOf(index)).relayed;
}

/** A value that no longer changes. */
async function steady(read: () => number): Promise<number> {
  for (let [last, since] = [read(), 0]; ; ) {
    await delay(50);
    since = read() === last ? since + 1 : 0;
    last = read();
    if (since === 6) return last;
  }
}

/** A reply that sends its head and a first chunk, then waits until the connection is lost. */
const openEnded: Reply = async (exchange) => {
  await exchange.readBody();
  exchange.sendHead(200, { "content-type": "text/event-stream" });
  await exchange.write("first ");
  await once(exchange.signal, "abort");
};

describe("G13/T9: what passes is not changed", () => {
  test("any bytes of a request and of a reply arrive as they were sent", async () => {
    const bytes = fc.uint8Array({ maxLength: 100_000 }).map((array) => Buffer.from(array));
    await fc.assert(
      fc.asyncProperty(bytes, bytes, async (asked, answered) => {
        upstream.forget();
        upstream.respondNext(bytesReply(200, {}, answered));
        const reply = await send(url, { body: asked });
        expect(reply.body).toEqual(answered);
        expect(upstream.requests[0]?.body).toEqual(asked);
        expect(upstream.requests[0]?.target).toBe("/v1/x?a=b");
      }),
      { numRuns: 40 },
    );
  });

  test.each([200, 201, 400, 401, 404, 413, 429, 500, 529])(
    "status %d and its body pass as they are",
    async (status) => {
      upstream.respondNext(jsonReply(status, { type: "error" }, { "retry-after": "7" }));
      const reply = await send(url, { body: "{}" });
      expect([reply.status, reply.text()]).toEqual([status, '{"type":"error"}']);
      expect(reply.header("retry-after")).toBe("7");
      expect(await relayedOf()).toMatchObject({
        outcome: status < 400 ? "done" : "upstream_error",
        status,
        error: null,
        responseBytes: 16,
      });
    },
  );

  test("headers pass with their spelling and repetitions, but for cookies and those of one connection", async () => {
    upstream.respondNext(
      rawReply(
        "HTTP/1.1 200 Fine\r\nX-Odd-Case: a\r\nx-many: 1\r\nx-many: 2\r\nx-latin: \xe4\r\nSet-Cookie: a=b\r\nKeep-Alive: timeout=9\r\nConnection: x-hop\r\nContent-Length: 2\r\n\r\nok",
      ),
    );
    const reply = await send(url, { body: "{}" });
    const pairs = reply.rawHeaders.flatMap((name, at) =>
      at % 2 === 0 ? [`${name}: ${reply.rawHeaders[at + 1]}`] : [],
    );
    expect(pairs).toContain("X-Odd-Case: a");
    expect(pairs.filter((pair) => pair.startsWith("x-many"))).toEqual(["x-many: 1", "x-many: 2"]);
    expect(pairs.join()).not.toMatch(/set-cookie|timeout=9/i);
    expect(reply.header("x-yolo-request-id")).toMatch(/^req_/);
  });

  test("an informational answer stays between the upstream and us", async () => {
    upstream.respondNext(
      rawReply(
        "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok",
      ),
    );
    const reply = await send(url, { body: "{}" });
    expect([reply.status, reply.text(), reply.header("link")]).toEqual([200, "ok", undefined]);
  });

  test("a kept connection carries the next reply in full after every kind of reply before it", async () => {
    for (const status of [200, 204, 304, 404, 200]) {
      upstream.respondNext(bytesReply(status, {}, status === 204 || status === 304 ? "" : "body"));
      expect((await send(url, { body: "{}" })).status).toBe(status);
    }
  });
});

describe("G14: what breaks upstream is told as it is", () => {
  test("a reset before the head is a 502", async () => {
    upstream.respondNext(resetBeforeHead());
    expect((await send(url, { body: "{}" })).status).toBe(502);
    expect(await relayedOf()).toMatchObject({
      outcome: "upstream_error",
      status: null,
      error: { code: "upstream_unreachable" },
    });
  });

  test("a reset in the midst of a reply breaks it off for the client too, and is on record", async () => {
    upstream.respondNext(
      resetAfter(6, bytesReply(200, { "content-length": 100 }, "b".repeat(100))),
    );
    const reply = await open(url, { body: "{}" });
    await expect(drained(reply.chunks)).rejects.toThrow();
    expect(await relayedOf()).toMatchObject({
      outcome: "upstream_error",
      status: 200,
      responseBytes: 6,
    });
  });

  test.each([
    ["bytes that are no HTTP", rawReply("garbage\r\n\r\n")],
    ["a status beyond all sense", rawReply("HTTP/1.1 099 X\r\ncontent-length: 0\r\n\r\n")],
    [
      "a head that Node does not send",
      rawReply("HTTP/1.1 200 OK\r\nx: \x01\r\ncontent-length: 0\r\n\r\n"),
    ],
    ["a head beyond bounds", oversizedHead(100_000)],
    [
      "an upgrade nobody asked for",
      rawReply("HTTP/1.1 101 X\r\nupgrade: a\r\nconnection: upgrade\r\n\r\n"),
    ],
    [
      "two lengths",
      rawReply("HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab"),
    ],
  ])("%s is a 502, not a hanging client", async (_name, reply) => {
    upstream.respondNext(reply);
    expect((await send(url, { body: "{}" })).status).toBe(502);
    expect((await relayedOf()).outcome).toBe("upstream_error");
  });

  test("a reply that begins before the request is read reaches the client", async () => {
    upstream.respondNext(answerUnread(413, "too much"));
    const reply = await send(url, { body: Buffer.alloc(5 << 20) });
    expect([reply.status, reply.text()]).toEqual([413, "too much"]);
  });

  test("an upstream that is not there was never sent anything", async () => {
    const gone = await startUpstream();
    await gone.close();
    const agent = new Agent();
    target = upstreamOf(agent, gone.url);
    expect((await send(url, { body: "{}" })).status).toBe(502);
    expect(await relayedOf()).toMatchObject({
      outcome: "not_sent",
      error: { code: "upstream_unreachable" },
    });
    await agent.close();
  });

  test("an upstream that says nothing in time is a 504, and may have done what was asked", async () => {
    const agent = new Agent({ headersTimeout: 300 });
    target = upstreamOf(agent, upstream.url);
    upstream.respondNext(stall());
    expect((await send(url, { body: "{}" })).status).toBe(504);
    expect(await relayedOf()).toMatchObject({
      outcome: "upstream_error",
      error: { code: "upstream_timeout" },
    });
    await agent.destroy();
  });

  test("headers that cannot be sent were never sent", async () => {
    request = { headers: ["x-bad", "a\nb"] };
    expect((await send(url, { body: "{}" })).status).toBe(502);
    expect((await relayedOf()).outcome).toBe("not_sent");
    expect(upstream.requests).toHaveLength(0);
  });
});

describe("T20: back-pressure both ways", () => {
  test("a client that does not read pauses the upstream: what is held stays small", async () => {
    const size = 64 << 20;
    upstream.respondNext(oversizedBody(size));
    const socket = connect({ host: "127.0.0.1", port: Number(new URL(url).port) });
    await once(socket, "connect");
    socket.pause();
    socket.write(
      "POST /v1/x HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}",
    );
    const seen = await upstream.arrival(1);
    const held = await steady(() => seen.bytesWritten);
    // What the kernel's and Node's buffers of two connections take, and no more.
    expect(held).toBeLessThan(24 << 20);
    expect(exchanges[0]?.exchange.response.writableLength).toBeLessThan(1 << 20);
    let received = 0;
    socket.on("data", (bytes) => {
      received += bytes.length;
    });
    socket.resume();
    await once(socket, "close");
    expect(received).toBeGreaterThan(size);
    expect(await relayedOf()).toMatchObject({ outcome: "done", responseBytes: size });
  });

  test("an upstream that reads slowly gets all of the request", async () => {
    const release = Promise.withResolvers<void>();
    upstream.respondNext(readSlowly(1 << 20, release.promise, jsonReply(200, {})));
    const replied = send(url, { body: Buffer.alloc(20 << 20, 7) });
    const seen = await upstream.arrival(1);
    expect(await steady(() => seen.bytesRead)).toBeLessThan(20 << 20);
    release.resolve();
    expect((await replied).status).toBe(200);
    expect(seen.bytesRead).toBe(20 << 20);
  });

  test("a slow client's connection holds up nobody else's reply, nor the next one on it", async () => {
    upstream.respondNext(oversizedBody(32 << 20));
    const slow = await open(url, { body: "{}" });
    const seen = await upstream.arrival(1);
    await steady(() => seen.bytesWritten);
    for (let count = 0; count < 3; count += 1) {
      upstream.respondNext(jsonReply(200, { count }));
      expect((await send(url, { body: "{}" })).json()).toEqual({ count });
    }
    expect((await drained(slow.chunks)).length).toBe(32 << 20);
    upstream.respondNext(bytesReply(200, {}, Buffer.alloc(8 << 20, 1)));
    expect((await send(url, { body: "{}" })).body).toHaveLength(8 << 20);
  });
});

describe("G4: who goes is not served", () => {
  test("a client that goes in the midst of a reply aborts the upstream within 100 ms", async () => {
    upstream.respondWith(openEnded);
    const late: number[] = [];
    for (let count = 1; count <= 20; count += 1) {
      const reply = await open(url, { body: "{}" });
      await reply.chunks[Symbol.asyncIterator]().next();
      const goneAt = performance.timeOrigin + performance.now();
      reply.abort();
      const seen = await upstream.arrival(count);
      await seen.ended;
      late.push((seen.abortedAtMs ?? Number.POSITIVE_INFINITY) - goneAt);
      expect(await relayedOf(count - 1)).toMatchObject({ outcome: "aborted", status: 200 });
    }
    expect(late.toSorted((a, b) => a - b)[10]).toBeLessThan(100);
  });

  test("a client that goes before the head aborts the upstream", async () => {
    upstream.respondNext(stall());
    const gone = new AbortController();
    const replied = send(url, { body: "{}", signal: gone.signal });
    const seen = await upstream.arrival(1);
    gone.abort();
    await expect(replied).rejects.toThrow();
    await seen.ended;
    expect(await relayedOf()).toMatchObject({ outcome: "aborted", status: null, error: null });
  });

  test("a client that has gone already is sent nowhere", async () => {
    beforeRelay = ({ response }) => void response.destroy();
    await expect(send(url, { body: "{}" })).rejects.toThrow();
    expect(["not_sent", "aborted"]).toContain((await relayedOf()).outcome);
    expect(exchanges[0]?.exchange.clientGone).toBe(true);
  });

  test("a client that goes while its call waits for a connection is sent nowhere, and ends at once", async () => {
    await using single = singleConnection();
    target = single.target;
    upstream.respondNext(openEnded);
    const first = await open(url, { body: "{}" });
    await upstream.arrival(1);
    const gone = new AbortController();
    const waiting = send(url, { body: "{}", signal: gone.signal }).catch(() => "gone");
    await exchangeOf(1);
    gone.abort();
    expect(await waiting).toBe("gone");
    expect(await relayedOf(1)).toMatchObject({ outcome: "not_sent", status: null });
    first.abort();
    upstream.respondNext(jsonReply(200, {}));
    expect((await send(url, { body: "{}" })).status).toBe(200);
    expect(upstream.requests).toHaveLength(2);
  });
});

/** An upstream over one connection, on which calls wait for each other. */
function singleConnection() {
  const agent = new Agent({ connections: 1, pipelining: 1 });
  return {
    target: upstreamOf(agent, upstream.url),
    [Symbol.asyncDispose]: () => agent.destroy(),
  };
}

describe("G8: what is cut ends well", () => {
  test("a stream under way gets its ending and no byte more, and the upstream is aborted", async () => {
    upstream.respondNext(openEnded);
    const reply = await open(url, { body: "{}" });
    const chunks = reply.chunks[Symbol.asyncIterator]();
    await chunks.next();
    exchanges[0]?.exchange.cut("no_longer_allowed");
    const rest = await drained({ [Symbol.asyncIterator]: () => chunks });
    expect(rest.toString()).toBe("[revoked]");
    await (await upstream.arrival(1)).ended;
    expect(await relayedOf()).toMatchObject({ outcome: "aborted", status: 200 });
  });

  test("a reply of announced length is broken off, never filled up with words of ours", async () => {
    upstream.respondNext(async (exchange) => {
      await exchange.readBody();
      exchange.sendHead(200, { "content-length": 100 });
      await exchange.write("first ");
      await once(exchange.signal, "abort");
    });
    const reply = await open(url, { body: "{}" });
    const chunks = reply.chunks[Symbol.asyncIterator]();
    await chunks.next();
    exchanges[0]?.exchange.cut("shutting_down");
    const rest: Buffer[] = [];
    await expect(drained({ [Symbol.asyncIterator]: () => chunks }, rest)).rejects.toThrow();
    expect(rest).toEqual([]);
  });

  test("a call cut before its head tells the caller, who then answers", async () => {
    upstream.respondNext(stall());
    const replied = send(url, { body: "{}" });
    const seen = await upstream.arrival(1);
    exchanges[0]?.exchange.cut("lease_ended");
    expect((await replied).status).toBe(499);
    await seen.ended;
    expect(await relayedOf()).toMatchObject({ outcome: "aborted", status: null, error: null });
  });

  test("a call cut before it is sent never is", async () => {
    beforeRelay = (exchange) => exchange.cut("no_longer_allowed");
    expect((await send(url, { body: "{}" })).status).toBe(499);
    expect((await relayedOf()).outcome).toBe("not_sent");
    expect(upstream.requests).toHaveLength(0);
  });

  test("a call cut while it waits for a connection is never sent, and does not wait on", async () => {
    await using single = singleConnection();
    target = single.target;
    upstream.respondNext(openEnded);
    const first = await open(url, { body: "{}" });
    await upstream.arrival(1);
    const waiting = send(url, { body: "{}" });
    (await exchangeOf(1)).exchange.cut("no_longer_allowed");
    expect((await waiting).status).toBe(499);
    expect((await relayedOf(1)).outcome).toBe("not_sent");
    first.abort();
    upstream.respondNext(jsonReply(200, {}));
    expect((await send(url, { body: "{}" })).status).toBe(200);
    expect(upstream.requests).toHaveLength(2);
  });

  test("only the first reason counts, and a reply that has ended cannot be cut", async () => {
    upstream.respondNext(eventsReply([{ type: "ping" }]));
    await send(url, { body: "{}" });
    exchanges[0]?.exchange.cut("shutting_down");
    exchanges[0]?.exchange.cut("lease_ended");
    expect(exchanges[0]?.exchange.cutReason).toBe("shutting_down");
    expect(await relayedOf()).toMatchObject({ outcome: "done" });
  });
});

/** All that comes; `all` holds it also when it breaks off. */
async function drained(chunks: AsyncIterable<Buffer>, all: Buffer[] = []): Promise<Buffer> {
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}
