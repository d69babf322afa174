import { once } from "node:events";
import { connect } from "node:net";
import { type HttpReply, type OpenReply, open, send } from "@yolo/testkit/http-client";
import { jsonReply } from "@yolo/testkit/upstream-replies";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type InProcess, startInProcess } from "../test/in-process.ts";

let gateway: InProcess;
const CALLS_MAX = 4;
const WAITING_CALLS_MAX = 2;
const CONNECTIONS_MAX = 20;

beforeAll(async () => {
  const most = { CALLS_MAX, WAITING_CALLS_MAX, CONNECTIONS_MAX };
  const env = Object.fromEntries(Object.entries(most).map(([name, value]) => [name, `${value}`]));
  gateway = await startInProcess({ env });
});
afterAll(() => gateway[Symbol.asyncDispose]());
afterEach(async () => {
  while (gateway.deps.arrivals.size() > 0) await new Promise(setImmediate);
  gateway.upstream.forget();
});

const url = () => `${gateway.url}/v1/x`;
const headers = () => [["x-api-key", gateway.tenant.key]] as const;

function ask(body: Buffer | object = {}): Promise<HttpReply> {
  return send(url(), { headers: headers(), body });
}

function expectOverloaded(reply: HttpReply): void {
  expect([reply.status, reply.json()]).toEqual([503, { code: "overloaded" }]);
}

/** As many live streams as there is room for; none ends before its client leaves. */
async function saturate(): Promise<readonly OpenReply[]> {
  gateway.upstream.respondWith(async (exchange) => {
    await exchange.readBody();
    exchange.sendHead(200, { "content-type": "text/event-stream" });
    await exchange.write("first");
    if (!exchange.signal.aborted) await once(exchange.signal, "abort");
  });
  const streams: OpenReply[] = [];
  for (let at = 0; at < CALLS_MAX; at += 1) {
    streams.push(await open(url(), { headers: headers(), body: {} }));
  }
  return streams;
}

async function intents(): Promise<number> {
  const [row] = await gateway.owner<{ count: number }[]>`
    SELECT count(*)::int AS count FROM org.intents`;
  return row?.count ?? 0;
}

function connections(): Promise<number> {
  return new Promise((resolve, reject) => {
    gateway.server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });
}

describe("G16: overload is polite", () => {
  test("a gateway with as many calls as it takes refuses further ones of every size, and keeps no record of them", async () => {
    const streams = await saturate();
    const before = await intents();
    const large = Buffer.from(JSON.stringify({ text: "a".repeat(4_000_000) }));
    for (const body of [{}, large]) expectOverloaded(await ask(body));
    expect((await send(`${gateway.url}/hello`)).text()).toBe("hello");
    expect(gateway.upstream.requests).toHaveLength(CALLS_MAX);
    expect(await intents()).toBe(before);

    streams[0]?.abort();
    while (gateway.deps.live.size() === CALLS_MAX) await new Promise(setImmediate);
    gateway.upstream.respondNext(jsonReply(200, { ok: true }));
    expect((await ask()).json()).toEqual({ ok: true });
    for (const stream of streams) stream.abort();
  });

  test("while nothing is committed no more than some wait; they are served once it is, the others were told at once", async () => {
    gateway.upstream.respondWith(jsonReply(200, { ok: true }));
    expect((await ask()).status).toBe(200);
    const waiting = await gateway.owner.begin(async (transaction) => {
      // Admission waits for whoever is changing the org.
      await transaction`SELECT pg_advisory_xact_lock(hashtextextended(${gateway.tenant.orgId}, 0))`;
      const held = Array.from({ length: WAITING_CALLS_MAX }, () => ask());
      const settled = Promise.allSettled(held);
      while (gateway.deps.live.size() < WAITING_CALLS_MAX) await new Promise(setImmediate);
      expectOverloaded(await ask());
      return { settled };
    });
    const ends = await waiting.settled;
    expect(ends.map((end) => end.status === "fulfilled" && end.value.status)).toEqual([200, 200]);
  });

  test("connections beyond the most are closed, those that stand are served", async () => {
    while ((await connections()) > 0) await new Promise(setImmediate);
    const { port } = new URL(gateway.url);
    const sockets = Array.from({ length: CONNECTIONS_MAX }, () =>
      connect({ host: "127.0.0.1", port: Number(port) }),
    );
    await Promise.all(sockets.map((socket) => once(socket, "connect")));
    const further = connect({ host: "127.0.0.1", port: Number(port) }).on("error", () => undefined);
    await once(further.resume(), "close");
    const [first] = sockets;
    first?.write("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n");
    const [answer] = first === undefined ? [] : await once(first, "data");
    expect(String(answer)).toMatch(/^HTTP\/1\.1 200 /);
    for (const socket of sockets) socket.destroy();
  });
});
