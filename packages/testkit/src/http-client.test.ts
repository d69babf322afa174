import { once } from "node:events";
import { createServer } from "node:net";
import { expect, test } from "vitest";
import { send, sendRaw } from "./http-client.ts";
import { startUpstream } from "./upstream.ts";
import { bytesReply } from "./upstream-replies.ts";

test("the head is sent as given: order, case, repetition, its own host and length", async () => {
  await using upstream = await startUpstream();
  await send(`${upstream.url}/a?b=c`, {
    method: "PUT",
    body: "hello",
    headers: [
      ["Host", "demo.localhost"],
      ["X-Twice", "1"],
      ["x-twice", "2"],
    ],
  });
  expect(upstream.requests[0]?.rawHeaders).toEqual([
    ...["connection", "close", "content-length", "5", "Host", "demo.localhost"],
    ...["X-Twice", "1", "x-twice", "2"],
  ]);
});

test("the answer is shown as it came, repeated headers too", async () => {
  await using upstream = await startUpstream();
  upstream.respondWith(bytesReply(200, { "X-A": ["1", "2"] }, Buffer.from([0xff, 0x00])));
  const reply = await send(upstream.url);
  expect(reply.rawHeaders.slice(0, 6)).toEqual(["content-length", "2", "X-A", "1", "X-A", "2"]);
  expect([...reply.body]).toEqual([0xff, 0x00]);
});

test("raw bytes go out as they are, and all that comes back is returned", async () => {
  await using upstream = await startUpstream();
  const reply = await sendRaw(upstream.url, ["GET / HTTP/1.1\r\n", "connection: close\r\n\r\n"]);
  expect(reply.toString()).toMatch(/^HTTP\/1\.1 400 /);
});

test("a connection that is left open is an error, not a wait", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const hanging = sendRaw(`http://127.0.0.1:${port}`, ["x"], 50);
  await expect(hanging).rejects.toThrow("still open after 50 ms");
  server.close();
});
