/** The upstream's answers by Node: paced streams always, the others where there is no nginx. Reads whole bodies first. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { ASKS_FOR, burstBody, messageBody, PACE_MS, pacedPieces } from "../bodies/replies.ts";

const JSON_TYPE = "application/json";
const EVENTS_TYPE = "text/event-stream; charset=utf-8";

const server = createServer({ keepAliveTimeout: 75_000 }, (request, response) => {
  answer(request, response).catch(() => response.destroy());
});
server.listen(Number(process.env.PORT), "127.0.0.1");

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === "POST") {
    request.resume();
    await once(request, "end");
  }
  const target = request.url ?? "";
  if (target.endsWith(ASKS_FOR.paced)) await pace(response);
  else if (target.endsWith(ASKS_FOR.burst)) reply(response, EVENTS_TYPE, burstBody);
  else reply(response, JSON_TYPE, messageBody);
}

function reply(response: ServerResponse, type: string, body: string): void {
  response.writeHead(200, {
    "content-type": type,
    "content-length": Buffer.byteLength(body),
    "request-id": "req_bench",
  });
  response.end(body);
}

async function pace(response: ServerResponse): Promise<void> {
  response.writeHead(200, { "content-type": EVENTS_TYPE, "request-id": "req_bench" });
  for (const piece of pacedPieces) {
    if (response.destroyed) return;
    response.write(piece);
    await delay(PACE_MS);
  }
  response.end();
}
