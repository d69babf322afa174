/**
 * Prints what each stage of the pipeline costs in warm code, in microseconds, 10th percentile and median, without network
 * and database: `node apps/gateway/bench/stages.ts`. The stages run in their order, call after call, so that each finds
 * the caches as the one before it left them.
 */
import { createSecretKey, randomBytes } from "node:crypto";
import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { newId } from "@yolo/core/ids";
import { hashesOf, mintToken } from "@yolo/identity/token";
import { readJson } from "@yolo/inspect/json";
import { redactJson } from "@yolo/inspect/redact";
import { encodeBatch } from "@yolo/ledger/encode-batch";
import type { Intent } from "@yolo/ledger/intent";
import type { Outcome } from "@yolo/ledger/outcome";
import type { KeyRing } from "@yolo/store/secrets-file";
import { createDataKey, unwrapDataKey } from "@yolo/store/vault";
import { Exchange } from "../src/exchange.ts";
import { admit } from "../src/pipeline/admit.ts";
import { decide } from "../src/pipeline/decide.ts";
import { identify } from "../src/pipeline/identify.ts";
import { outcomeOf } from "../src/pipeline/record.ts";
import { createSessions } from "../src/pipeline/session.ts";
import { requireStrict } from "../src/strict-http.ts";
import { anthropic } from "../src/surfaces/llm/anthropic.ts";
import { tapReply } from "../src/surfaces/llm/reply-tap.ts";
import { createPolicyCompiler } from "../src/tenant/policies.ts";
import type { Snapshot, SnapshotKey } from "../src/tenant/snapshot.ts";
import { ALLOW_CLAUDE } from "../test/tenant.ts";
import { smallCall, streamedCall } from "./bodies/calls.ts";
import { conversation } from "./bodies/conversation.ts";
import { burstBody, messageBody } from "./bodies/replies.ts";
import { NUMBER } from "./request.ts";

interface Kind {
  readonly name: string;
  readonly body: string;
  readonly reply: string;
  readonly contentType: string;
  readonly calls: number;
}

const JSON_TYPE = "application/json";
const KINDS: readonly Kind[] = [
  { name: "1 KB", body: smallCall, reply: messageBody, contentType: JSON_TYPE, calls: 8_000 },
  {
    ...{ name: "60 events", body: streamedCall, reply: burstBody },
    ...{ contentType: "text/event-stream", calls: 8_000 },
  },
  { name: "100 KB", body: conversation(), reply: messageBody, contentType: JSON_TYPE, calls: 800 },
];
const WATCHED = ["messages", "tools", "mcp_servers"];
const BATCH = 16;

const ring = (): KeyRing => ({
  current: 1,
  keys: new Map([[1, createSecretKey(randomBytes(32))]]),
});
const peppers = ring();
const token = mintToken("live").reveal();
const snapshot = createSnapshot();
const sessions = createSessions();
const intents: Intent[] = [];
const outcomes: Outcome[] = [];
const deps = {
  ...{ peppers, sessions, gatewayDomain: "localhost", now: Date.now, instanceId: newId },
  tenants: {
    bySlug: () => Promise.resolve(snapshot),
    byToken: () => Promise.resolve(snapshot),
    newerThan: () => Promise.resolve(snapshot),
    close: () => Promise.resolve(),
  },
  admit(intent: Intent) {
    intents.push(intent);
    return Promise.resolve("admitted" as const);
  },
};

function createSnapshot(): Snapshot {
  const orgId = newId();
  const keys = ring();
  const key: SnapshotKey = {
    ...{ id: newId(), kind: "live", expiresAtMs: null, memberId: newId() },
    agent: { id: newId(), name: "builder" },
    project: { id: newId(), slug: "web", captureLevel: "full" },
  };
  const policies = createPolicyCompiler();
  const layer = { layer: "org", projectId: null, agentId: null } as const;
  const rows = [{ id: newId(), version: 1, text: ALLOW_CLAUDE, ...layer }];
  return {
    ...{ orgId, slug: "acme", revision: 1n, connectors: new Map() },
    keys: new Map(hashesOf(peppers, token).map((hash) => [hash.toString("hex"), key])),
    dataKeys: [unwrapDataKey(keys, createDataKey(keys, orgId, 1))],
    policyFor: (caller) => policies.policyOf(rows, caller),
  };
}

/** Times what happens between two calls of `lap`, by name. */
class Stopwatch {
  readonly times = new Map<string, number[]>();
  #last = 0;

  start(): void {
    this.#last = performance.now();
  }

  lap(name: string, share = 1): void {
    const times = this.times.get(name) ?? [];
    this.times.set(name, times);
    times.push(((performance.now() - this.#last) * 1_000) / share);
    this.start();
  }
}

function arrival(body: Buffer): Exchange {
  const request = new IncomingMessage(new Socket());
  const headers = { host: "acme.localhost", "content-length": String(body.length) };
  request.headers = { ...headers, "x-api-key": token, "anthropic-version": "2023-06-01" };
  request.rawHeaders = Object.entries(request.headers).flatMap(([name, value]) => [
    name,
    `${value}`,
  ]);
  Object.assign(request, { method: "POST", url: "/v1/messages", httpVersion: "1.1" });
  return new Exchange(request, new ServerResponse(request), performance.now());
}

async function call(kind: Kind, number: number, watch: Stopwatch): Promise<void> {
  const received = Buffer.from(kind.body.replaceAll(NUMBER, String(number).padStart(12, "0")));
  const reply = Buffer.from(kind.reply);
  const exchange = arrival(received);
  watch.start();
  requireStrict(exchange.request);
  watch.lap("strict HTTP");
  const identified = await identify(exchange.head, anthropic, deps);
  watch.lap("identify");
  const document = readJson(received, WATCHED);
  watch.lap("read JSON");
  const inspected = { ...redactJson(received, document), document, receivedBytes: received.length };
  watch.lap("look for secrets");
  const attempted = anthropic.parse(exchange.head, inspected);
  const session = sessions.idOf(identified, attempted, exchange.request.socket);
  watch.lap("read actions");
  const decided = decide(identified, attempted, session, Date.now());
  watch.lap("decide");
  const admission = await admit(decided, inspected, anthropic, exchange, deps);
  if (admission.kind !== "admitted") throw new Error(`the call is ${admission.kind}`);
  watch.lap("capture, seal, describe");
  const { contentType } = kind;
  const tap = tapReply({ status: 200, contentType, model: "", capture: true });
  tap.chunk(reply);
  const said = { usage: tap.usage(), captured: tap.captured() };
  watch.lap("read the reply");
  const relayed = {
    outcome: "done",
    status: 200,
    error: null,
    firstByteMs: 3,
    headers: {},
  } as const;
  const forwarded = { ...said, relayed: { ...relayed, responseBytes: reply.length } };
  const ended = { ...forwarded, upstreamRequestId: "req_bench" };
  outcomes.push(outcomeOf(admission.admitted, exchange, ended, Date.now()));
  watch.lap("seal the reply, outcome");
  if (intents.length < BATCH) return;
  encodeBatch(intents.splice(0));
  encodeBatch(outcomes.splice(0));
  watch.lap("encode both", BATCH);
}

for (const kind of KINDS) {
  for (let number = 0; number < kind.calls; number += 1) await call(kind, number, new Stopwatch());
  const watch = new Stopwatch();
  for (let number = 0; number < kind.calls; number += 1)
    await call(kind, kind.calls + number, watch);
  const lines = [...watch.times].map(([name, times]) => {
    const sorted = times.toSorted((a, b) => a - b);
    return [
      name,
      sorted[Math.floor(sorted.length / 10)] ?? 0,
      sorted[sorted.length >> 1] ?? 0,
    ] as const;
  });
  const sum = (which: 1 | 2) => lines.reduce((total, line) => total + line[which], 0);
  process.stdout.write(`${kind.name}\n`);
  for (const [name, p10, p50] of [...lines, ["in all", sum(1), sum(2)] as const]) {
    process.stdout.write(
      `${name.padEnd(26)}${p10.toFixed(1).padStart(8)}${p50.toFixed(1).padStart(8)}\n`,
    );
  }
}
