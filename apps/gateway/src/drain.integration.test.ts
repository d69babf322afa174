import { once } from "node:events";
import { Agent } from "node:http";
import { connect } from "node:net";
import { open, send } from "@yolo/testkit/http-client";
import { jsonReply } from "@yolo/testkit/upstream-replies";
import { describe, expect, test } from "vitest";
import { type InProcess, startInProcess } from "../test/in-process.ts";
import { ENDING } from "../test/plain-surface.ts";

const QUICK = { lameDuckSeconds: 0, drainSeconds: 10 };

function headersOf({ tenant }: InProcess) {
  return [["x-api-key", tenant.key]] as const;
}

/** Open records and living leases. */
async function leftOpen({ owner }: InProcess): Promise<unknown> {
  const [row] = await owner`
    SELECT (SELECT count(*)::int FROM org.intents i WHERE NOT EXISTS
      (SELECT FROM org.outcomes o WHERE o.org_id = i.org_id AND o.id = i.id)) AS records,
      (SELECT count(*)::int FROM directory.instances WHERE ended_at IS NULL) AS leases`;
  return row;
}

/** Resolves once no new connection is taken any more. */
async function notListening({ server }: InProcess): Promise<void> {
  while (server.listening) await new Promise(setImmediate);
}

/** A reply whose end the test decides. */
function endedBy(release: Promise<void>) {
  return async (exchange: Parameters<ReturnType<typeof jsonReply>>[0]) => {
    await exchange.readBody();
    exchange.sendHead(200, { "content-type": "text/event-stream" });
    await exchange.write("first ");
    await Promise.race([release, once(exchange.signal, "abort")]);
    exchange.end("last");
  };
}

describe("G18: a restart is invisible", () => {
  test("a request whose body is still arriving is served to its end, and then all is closed", async () => {
    await using gateway = await startInProcess();
    gateway.upstream.respondNext(jsonReply(200, { ok: true }));
    const socket = connect({ host: "127.0.0.1", port: Number(new URL(gateway.url).port) });
    const received: Buffer[] = [];
    socket.on("data", (bytes) => received.push(bytes));
    socket.write(
      `POST /v1/x HTTP/1.1\r\nHost: a\r\nX-Api-Key: ${gateway.tenant.key}\r\nContent-Length: 2\r\n\r\n{`,
    );
    while (gateway.deps.arrivals.size() === 0) await new Promise(setImmediate);
    const drained = gateway.drain(QUICK);
    await notListening(gateway);
    socket.write("}");
    await Promise.all([drained, once(socket, "close")]);
    const reply = Buffer.concat(received).toString();
    expect(reply).toMatch(/^HTTP\/1\.1 200 .*connection: close.*\{"ok":true\}/is);
    expect(await leftOpen(gateway)).toEqual({ records: 0, leases: 0 });
  });

  test("a stream that ends in time ends as it would have", async () => {
    await using gateway = await startInProcess();
    const release = Promise.withResolvers<void>();
    gateway.upstream.respondNext(endedBy(release.promise));
    const reply = await open(`${gateway.url}/v1/x`, { headers: headersOf(gateway), body: {} });
    const drained = gateway.drain(QUICK);
    await notListening(gateway);
    release.resolve();
    let text = "";
    for await (const chunk of reply.chunks) text += chunk;
    expect(text).toBe("first last");
    await drained;
    expect(await leftOpen(gateway)).toEqual({ records: 0, leases: 0 });
  });

  test("one that does not gets a well-formed ending, and is on record as aborted", async () => {
    await using gateway = await startInProcess();
    gateway.upstream.respondNext(endedBy(new Promise(() => undefined)));
    const reply = await open(`${gateway.url}/v1/x`, { headers: headersOf(gateway), body: {} });
    const drained = gateway.drain({ lameDuckSeconds: 0, drainSeconds: 0.2 });
    let text = "";
    for await (const chunk of reply.chunks) text += chunk;
    expect(text).toBe(`first ${ENDING}shutting down`);
    await drained;
    const rows = await gateway.owner`SELECT outcome, error FROM org.outcomes`;
    expect(rows).toEqual([{ outcome: "aborted", error: "shutting_down" }]);
  });

  test("a sender that never ends holds up nothing for long", async () => {
    await using gateway = await startInProcess();
    const socket = connect({ host: "127.0.0.1", port: Number(new URL(gateway.url).port) });
    // Closed or reset: either way it is let go.
    const gone = new Promise((resolve) =>
      socket.on("error", () => undefined).once("close", resolve),
    );
    socket.write("GET /v1/x HTTP/1.1\r\nHost: a\r\nX-Sl");
    await once(gateway.server, "connection");
    await Promise.all([gateway.drain({ lameDuckSeconds: 0, drainSeconds: 0.2 }), gone]);
  });

  test("while load balancers have not noticed yet every request is served, and its connection closed", async () => {
    await using gateway = await startInProcess();
    gateway.upstream.respondWith(jsonReply(200, { ok: true }));
    const agent = new Agent({ keepAlive: true, maxSockets: 4 });
    const ask = () => send(`${gateway.url}/v1/x`, { headers: headersOf(gateway), body: {}, agent });
    const before = await ask();
    expect(before.header("connection")).not.toBe("close");
    const drained = gateway.drain({ lameDuckSeconds: 2, drainSeconds: 10 });
    const until = performance.now() + 600;
    let served = 0;
    async function asking(): Promise<void> {
      while (performance.now() < until) {
        const reply = await ask();
        expect([reply.status, reply.header("connection")]).toEqual([200, "close"]);
        served += 1;
      }
    }
    await Promise.all([asking(), asking(), asking(), asking()]);
    expect(served).toBeGreaterThan(20);
    await drained;
    agent.destroy();
    expect(await leftOpen(gateway)).toEqual({ records: 0, leases: 0 });
  });
});
