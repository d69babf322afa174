import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { send, sendRaw } from "@yolo/testkit/http-client";
import { jsonReply } from "@yolo/testkit/upstream-replies";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type InProcess, startInProcess } from "../test/in-process.ts";

let gateway: InProcess;

beforeAll(async () => {
  gateway = await startInProcess();
});
afterAll(() => gateway[Symbol.asyncDispose]());
afterEach(() => gateway.upstream.forget());

/** A well-formed call, whose head can be changed: lines added, or another first line. */
function call({ first = "POST /v1/x HTTP/1.1", lines = [] as string[], body = "{}" } = {}): string {
  const head = [
    first,
    "Host: 127.0.0.1",
    `X-Api-Key: ${gateway.tenant.key}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...lines,
  ];
  return `${head.join("\r\n")}\r\n\r\n${body}`;
}

/** The same without its length, for heads that bring their own framing. */
function unframed(lines: readonly string[], body = ""): string {
  const head = [
    "POST /v1/x HTTP/1.1",
    "Host: 127.0.0.1",
    `X-Api-Key: ${gateway.tenant.key}`,
    ...lines,
  ];
  return `${head.join("\r\n")}\r\n\r\n${body}`;
}

function statusesOf(received: Buffer): number[] {
  return [...received.toString("latin1").matchAll(/^HTTP\/1\.[01] (\d{3})/gm)].map(([, code]) =>
    Number(code),
  );
}

async function statusOf(...pieces: (Buffer | string)[]): Promise<number[]> {
  return statusesOf(await sendRaw(gateway.url, pieces));
}

/** Whether the server serves a stranger's next request as if nothing had been. */
async function isServing(): Promise<boolean> {
  return (await send(`${gateway.url}/hello`)).text() === "hello";
}

test("a well-formed call is served, so that what is refused below is refused for its own sake", async () => {
  gateway.upstream.respondNext(jsonReply(200, { ok: true }));
  expect(await statusOf(call({ lines: ["Connection: close"] }))).toEqual([200]);
  expect(gateway.upstream.requests).toHaveLength(1);
});

describe("T9: what two parsers could read in two ways is a clean 4xx, and never reaches the upstream", () => {
  const KEY = "X-Api-Key: ylg_live_other";
  const chunked = "0\r\n\r\n";
  const ambiguous: Record<string, () => string> = {
    "two Hosts": () => call({ lines: ["Host: other.localhost"] }),
    "two Hosts, the same": () => call({ lines: ["Host: 127.0.0.1"] }),
    "a look-alike of Host is a header like any other, but of Content-Length not": () =>
      call({ lines: ["Content_Length: 5"] }),
    "a look-alike of Transfer-Encoding": () => call({ lines: ["Transfer_Encoding: chunked"] }),
    "a look-alike of X-Api-Key": () => call({ lines: ["X_Api_Key: a"] }),
    "a look-alike of X-Yolo-Key": () => call({ lines: ["X_yolo-Key: a"] }),
    "two Authorizations": () =>
      call({ lines: ["Authorization: Bearer a", "authorization: Bearer b"] }),
    "two Content-Types": () => call({ lines: ["Content-Type: a/b", "Content-Type: a/b"] }),
    "two X-Api-Keys": () => call({ lines: [KEY] }),
    "two X-Yolo-Keys": () => call({ lines: ["X-Yolo-Key: a", "X-YOLO-KEY: b"] }),
    "two Content-Lengths": () => call({ lines: ["Content-Length: 2"] }),
    "two Content-Lengths in one": () => unframed(["Content-Length: 2, 2"], "{}"),
    "a Content-Length that is none": () => unframed(["Content-Length: +2"], "{}"),
    "Content-Length with Transfer-Encoding": () =>
      unframed(["Content-Length: 5", "Transfer-Encoding: chunked"], chunked),
    "Transfer-Encoding with Content-Length": () =>
      unframed(["Transfer-Encoding: chunked", "Content-Length: 5"], chunked),
    "two Transfer-Encodings": () =>
      unframed(["Transfer-Encoding: chunked", "Transfer-Encoding: chunked"], chunked),
    "gzip before chunked": () => unframed(["Transfer-Encoding: gzip, chunked"], chunked),
    "chunked not last": () => unframed(["Transfer-Encoding: chunked, gzip"], chunked),
    "an odd Transfer-Encoding": () => unframed(["Transfer-Encoding: identity"], ""),
    "a Transfer-Encoding with a control character": () =>
      unframed(["Transfer-Encoding: \x0bchunked"], chunked),
    "HTTP/1.0 chunked": () =>
      unframed(["Transfer-Encoding: chunked"], chunked).replace("HTTP/1.1", "HTTP/1.0"),
    "HTTP/2.0 as a version": () => call({ first: "POST /v1/x HTTP/2.0" }),
    "HTTP/1.2": () => call({ first: "POST /v1/x HTTP/1.2" }),
    "HTTP/0.9": () => "GET /v1/x\r\n\r\n",
    "no version": () => "GET\r\n\r\n",
    "no Host": () => call().replace("Host: 127.0.0.1\r\n", ""),
    "an empty Host": () => call().replace("Host: 127.0.0.1", "Host:"),
    "a Host that lists two": () => call().replace("127.0.0.1", "127.0.0.1, b"),
    "a Host with a user": () => call().replace("127.0.0.1", "a@127.0.0.1"),
    "a Host with a path": () => call().replace("127.0.0.1", "127.0.0.1/a"),
    "a folded header": () => call({ lines: ["X-A: b", " c"] }),
    "a space before the colon": () => call({ lines: ["X-A : b"] }),
    "a header without a name": () => call({ lines: [": b"] }),
    "a header without a colon": () => call({ lines: ["X-A"] }),
    "a NUL in a header": () => call({ lines: ["X-A: a\0b"] }),
    "a bare LF at the end of a header": () =>
      call().replace("Host: 127.0.0.1\r\n", "Host: 127.0.0.1\n"),
    "a bare LF at the end of the head": () => call().replace("\r\n\r\n", "\r\n\n"),
    "a bare LF behind the size of a chunk": () =>
      unframed(["Transfer-Encoding: chunked"], "2\n{}\r\n0\r\n\r\n"),
    "a bare CR in a header": () => call({ lines: ["X-A: a\rX-B: c"] }),
    "an unknown method": () => call({ first: "BREW /v1/x HTTP/1.1" }),
    "a method in small letters": () => call({ first: "post /v1/x HTTP/1.1" }),
    "GET *": () => call({ first: "GET * HTTP/1.1" }),
    "OPTIONS *": () => call({ first: "OPTIONS * HTTP/1.1" }),
    "absolute form": () => call({ first: "POST http://127.0.0.1/v1/x HTTP/1.1" }),
    "absolute form of another host": () => call({ first: "POST https://other/v1/x HTTP/1.1" }),
    CONNECT: () => call({ first: "CONNECT other:443 HTTP/1.1" }),
    "a fragment": () => call({ first: "POST /v1/x#a HTTP/1.1" }),
    "a fragment in the query": () => call({ first: "POST /v1/x?a#b HTTP/1.1" }),
    "a tab in the target": () => call({ first: "POST /v1\t/x HTTP/1.1" }),
    "bytes beyond ASCII in the target": () => call({ first: "POST /v1/\xe4 HTTP/1.1" }),
    "an encoded slash": () => call({ first: "POST /v1%2Fx HTTP/1.1" }),
    "an encoded dot": () => call({ first: "POST /v1/%2e%2E/admin HTTP/1.1" }),
    "a dot segment": () => call({ first: "POST /v1/../admin HTTP/1.1" }),
    "a dot segment at the end": () => call({ first: "POST /v1/.. HTTP/1.1" }),
    "two slashes": () => call({ first: "POST //v1/x HTTP/1.1" }),
    "a double encoding": () => call({ first: "POST /v1/%252e HTTP/1.1" }),
    "a backslash": () => call({ first: "POST /v1\\x HTTP/1.1" }),
    "an encoded NUL": () => call({ first: "POST /v1/%00 HTTP/1.1" }),
    "a path parameter": () => call({ first: "POST /v1/x;a HTTP/1.1" }),
    "a target of 9 KB": () => call({ first: `POST /${"a".repeat(9_000)} HTTP/1.1` }),
    "the preface of HTTP/2": () => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "TLS to a plain port": () => "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    garbage: () => "\x00\x01\x02\xff\r\n\r\n",
    "an unknown expectation": () => call({ lines: ["Expect: 200-maybe", "Connection: close"] }),
    "a chunk size that is none": () =>
      unframed(["Transfer-Encoding: chunked"], "zz\r\n{}\r\n0\r\n\r\n"),
    "a chunk longer than its size": () =>
      unframed(["Transfer-Encoding: chunked"], "1\r\n{}\r\n0\r\n\r\n"),
    "a body encoded": () => call({ lines: ["Content-Encoding: gzip", "Connection: close"] }),
  };

  test.each(Object.entries(ambiguous))("%s", async (_name, request) => {
    const received = await sendRaw(gateway.url, [Buffer.from(request(), "latin1")]);
    const statuses = statusesOf(received);
    expect(statuses).toHaveLength(1);
    expect(statuses[0]).toBeGreaterThanOrEqual(400);
    expect(statuses[0]).toBeLessThan(500);
    expect(gateway.upstream.requests).toHaveLength(0);
  });

  test("behind an ambiguous request on the same connection nothing is a request any more", async () => {
    const records = () => gateway.owner`SELECT FROM org.intents`;
    const before = (await records()).length;
    const smuggled = call({ lines: ["Connection: close"] });
    const received = await sendRaw(gateway.url, [call({ lines: ["Host: b"] }) + smuggled]);
    expect(statusesOf(received)).toEqual([400]);
    gateway.upstream.respondNext(jsonReply(200, {}));
    expect(await statusOf(call({ lines: ["Connection: close"] }))).toEqual([200]);
    expect(gateway.upstream.requests).toHaveLength(1);
    expect(await records()).toHaveLength(before + 1);
  });

  test("a header at the very end of thousands is seen like the first", async () => {
    const filler = Array.from({ length: 2_100 }, () => "a:b");
    const received = await sendRaw(gateway.url, [call({ lines: [...filler, "Host: b"] })]);
    expect(received.toString()).toContain("duplicate_header");
  });

  test("trailers are no headers: what they say changes nothing, and reaches no upstream", async () => {
    gateway.upstream.respondNext(jsonReply(200, {}));
    const trailers = "Host: other.localhost\r\nX-Api-Key: ylg_live_other\r\nX-User-Uid: root\r\n";
    const lines = ["Transfer-Encoding: chunked", "Connection: close", "Trailer: X-User-Uid"];
    expect(await statusOf(unframed(lines, `2\r\n{}\r\n0\r\n${trailers}\r\n`))).toEqual([200]);
    const [seen] = gateway.upstream.requests;
    expect(seen?.rawHeaders.join("\n").toLowerCase()).not.toMatch(/other|x-user-uid|trailer/);
  });

  test("three calls at once on one connection are answered in their order", async () => {
    for (const of of [1, 2, 3]) gateway.upstream.respondNext(jsonReply(200, { of }));
    const last = call({ lines: ["Connection: close"] });
    const received = await sendRaw(gateway.url, [call() + call() + last]);
    expect(received.toString().match(/HTTP\/1\.1 200/g)).toHaveLength(3);
    expect(gateway.upstream.requests).toHaveLength(3);
  });

  test("an upgrade that nobody offers is a call like any other, and the last on its connection", async () => {
    gateway.upstream.respondNext(jsonReply(200, {}));
    const lines = ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"];
    const received = await sendRaw(gateway.url, [call({ lines }) + call()]);
    expect(statusesOf(received)).toEqual([200]);
    expect(gateway.upstream.requests).toHaveLength(1);
    expect(gateway.upstream.requests[0]?.header("upgrade")).toBeUndefined();
  });

  test("garbage behind a call never stands in the midst of its answer", async () => {
    const release = Promise.withResolvers<void>();
    gateway.upstream.respondNext(async (exchange) => {
      await exchange.readBody();
      exchange.sendHead(200, { "content-type": "text/plain" });
      await exchange.write("first ");
      await release.promise;
    });
    const socket = connect({ host: "127.0.0.1", port: Number(new URL(gateway.url).port) });
    const received: Buffer[] = [];
    const first = new Promise<void>((resolve) => {
      socket.on("data", (bytes) => {
        received.push(bytes);
        if (Buffer.concat(received).includes("first ")) resolve();
      });
    });
    socket.write(call());
    await first;
    const closed = once(
      socket.on("error", () => undefined),
      "close",
    );
    socket.write("\x00garbage\r\n\r\n");
    await closed;
    release.resolve();
    expect(statusesOf(Buffer.concat(received))).toEqual([200]);
    expect(Buffer.concat(received).toString()).toMatch(/first \r\n$/);
  });
});

describe("G19: too much is refused by name", () => {
  test("a head beyond 16 KB is a 431", async () => {
    const received = await sendRaw(gateway.url, [call({ lines: [`X-A: ${"a".repeat(17_000)}`] })]);
    expect(statusesOf(received)).toEqual([431]);
    expect(received.toString()).toContain("larger than 16 KB");
  });

  test("so is one of many short headers, whose colons and line ends count like the rest", async () => {
    const lines = Array.from({ length: 2_000 }, (_, at) => `x-a${at}: b`);
    const received = await sendRaw(gateway.url, [call({ lines })]);
    expect(statusesOf(received)).toEqual([431]);
    expect(gateway.upstream.requests).toHaveLength(0);
  });

  test("a head just below 16 KB is served", async () => {
    gateway.upstream.respondNext(jsonReply(200, {}));
    const lines = [`X-A: ${"a".repeat(15_000)}`, "Connection: close"];
    expect(await statusOf(call({ lines }))).toEqual([200]);
  });

  test("a body declared beyond 32 MB is a 413 before it is sent", async () => {
    const head = unframed([`Content-Length: ${33 * 1024 * 1024}`]);
    expect(await statusOf(head)).toEqual([413]);
  });

  test("a body sent beyond 32 MB, declared or chunked, is a 413 that its sender gets to read", async () => {
    const body = Buffer.alloc(40 * 1024 * 1024, 32);
    const declared = [["x-api-key", gateway.tenant.key]] as const;
    const chunked = [...declared, ["transfer-encoding", "chunked"]] as const;
    for (const headers of [declared, chunked]) {
      expect((await send(`${gateway.url}/v1/x`, { headers, body })).status).toBe(413);
    }
    expect(gateway.upstream.requests).toHaveLength(0);
  });

  test("a client that reads only once it has sent everything gets to read its refusal", async () => {
    const socket = (await connected()).pause();
    const body = Buffer.alloc(20 * 1024 * 1024, 32);
    const head = `POST /v1/x HTTP/1.1\r\nHost: a\r\nX-Api-Key: nonsense\r\nContent-Length: ${body.length}\r\n\r\n`;
    socket.write(head);
    await new Promise((resolve) => socket.write(body, resolve));
    const received: Buffer[] = [];
    socket.on("data", (bytes) => received.push(bytes)).resume();
    await once(socket, "close");
    expect(statusesOf(Buffer.concat(received))).toEqual([401]);
  });

  test("a stranger's body is never kept, and the stranger gets to read the 401", async () => {
    const body = Buffer.alloc(20 * 1024 * 1024, 32);
    const reply = await send(`${gateway.url}/v1/x`, { headers: [["x-api-key", "nonsense"]], body });
    expect(reply.status).toBe(401);
  });

  test("bad input leaves no memory behind: less than 64 MB after several bodies of 34 MB", async () => {
    await using patient = await startInProcess();
    const before = memoryInUse();
    const piece = Buffer.alloc(1024 * 1024, 32);
    const head = Buffer.from(
      unframed(["Transfer-Encoding: chunked"]).replace(gateway.tenant.key, patient.tenant.key),
    );
    const chunk = Buffer.concat([Buffer.from("100000\r\n"), piece, Buffer.from("\r\n")]);
    for (let count = 0; count < 5; count += 1) {
      const pieces = [head, ...Array.from({ length: 34 }, () => chunk), "0\r\n\r\n"];
      expect(statusesOf(await sendRaw(patient.url, pieces, 30_000))).toEqual([413]);
    }
    expect(memoryInUse() - before).toBeLessThan(64 * 1024 * 1024);
  });
});

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc");

/** Bytes that are held and cannot be freed. */
function memoryInUse(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

describe("T20: slow and broken senders", () => {
  /** Short, so that nobody waits long; whatever is tried above may take its time on a busy machine. */
  const LIMITS = { headersMs: 600, requestMs: 2_500, checkMs: 200 };
  let usual: InProcess;

  beforeAll(async () => {
    usual = gateway;
    gateway = await startInProcess({ limits: LIMITS });
  });
  afterAll(async () => {
    await gateway[Symbol.asyncDispose]();
    gateway = usual;
  });

  async function* dripping(text: string, everyMs: number) {
    for (const byte of text) {
      yield byte;
      await delay(everyMs);
    }
  }

  test("dripping headers end in a 408", async () => {
    const received = await sendRaw(gateway.url, dripping(call().slice(0, 30), 50));
    expect(statusesOf(received)).toEqual([408]);
  });

  test("a dripping body ends in a 408", async () => {
    const head = unframed(["Content-Length: 1000"]);
    const received = await sendRaw(gateway.url, dripHead(head));
    expect(statusesOf(received)).toEqual([408]);
    expect(gateway.upstream.requests).toHaveLength(0);
  });

  async function* dripHead(head: string) {
    yield head;
    yield* dripping(" ".repeat(60), 60);
  }

  test("who connects and says nothing is let go", async () => {
    expect(statusesOf(await sendRaw(gateway.url, []))).toEqual([408]);
  });

  test("a client that closes its half, at once or later, is no call that goes on for nobody", async () => {
    gateway.upstream.respondWith(async (exchange) => {
      await exchange.readBody();
      await new Promise((resolve) => exchange.signal.addEventListener("abort", resolve));
    });
    const [hasty, patient] = [await connected(), await connected()];
    const closed = [hasty, patient].map((socket) => once(socket.resume(), "close"));
    hasty.end(call());
    patient.write(call());
    const seen = await gateway.upstream.arrival(1);
    patient.end();
    await Promise.all([...closed, seen.ended]);
    expect(seen.abortedAtMs).toBeDefined();
    while (gateway.deps.arrivals.size() > 0) await new Promise(setImmediate);
    expect(await isServing()).toBe(true);
  });

  test("a client that resets in the midst of anything harms nobody", async () => {
    const whole = call({ body: JSON.stringify({ a: "b".repeat(2_000) }) });
    for (const length of [1, 20, 60, whole.length - 500, whole.length]) {
      gateway.upstream.respondWith(async (exchange) => {
        await exchange.readBody();
        await new Promise((resolve) => exchange.signal.addEventListener("abort", resolve));
      });
      const socket = await connected();
      await new Promise((resolve) => socket.write(whole.slice(0, length), resolve));
      if (length === whole.length) await gateway.upstream.arrival(1);
      socket.resetAndDestroy();
      expect(await isServing()).toBe(true);
    }
    while (gateway.deps.arrivals.size() > 0) await new Promise(setImmediate);
  });

  test("who is told off and never hangs up is hung up on", async () => {
    await using patient = await startInProcess();
    const { port } = new URL(patient.url);
    const socket = connect({ host: "127.0.0.1", port: Number(port), allowHalfOpen: true });
    socket.on("error", () => undefined).resume();
    await once(socket, "connect");
    socket.write("nonsense\r\n\r\n");
    await once(socket, "end");
    while ((await connectionCount(patient)) > 0) await delay(20);
    socket.destroy();
  });

  test("hundreds of idle connections hinder nobody and are let go", async () => {
    const idle = await Promise.all(Array.from({ length: 500 }, connected));
    expect(await isServing()).toBe(true);
    await Promise.all(idle.map((socket) => once(socket.resume(), "close")));
  });
});

async function connected(): Promise<Socket> {
  const socket = connect({ host: "127.0.0.1", port: Number(new URL(gateway.url).port) });
  await once(socket, "connect");
  return socket.on("error", () => undefined);
}

function connectionCount({ server }: InProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
  });
}

test("nothing tells of health or of all tenants' metrics here, by whatever host it is asked", async () => {
  const hosts = ["127.0.0.1", "localhost", "[::1]", `${gateway.tenant.slug}.localhost`];
  for (const path of ["/healthz", "/readyz", "/metrics"]) {
    for (const host of hosts) {
      const headers = [["host", host]] as const;
      expect((await send(gateway.url + path, { headers })).status).toBe(401);
    }
  }
});
