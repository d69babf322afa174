/** G2, nothing recorded is lost and nothing stands twice: gateways killed at random moments under mixed load. */
import { Agent } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { decodeId, encodeId } from "@yolo/core/ids";
import { anthropicReply } from "@yolo/testkit/upstream-replies";
import { type CallResult, call } from "./calls.ts";
import { type Random, seeded } from "./random.ts";
import type { World } from "./world.ts";

const LANES = 24;
const KILLS = 6;
/** Between two kills, counted in what the upstream saw. */
const CALLS_BETWEEN_KILLS = 80;
/** The promise is a minute after the lease; with the short lease of a test a third of that is plenty. */
const CLOSED_WITHIN_MS = 20_000;
const LOOK_MS = 100;

/** What broke the promise; empty when it held. */
export async function nothingLost(world: World, seed: number): Promise<string[]> {
  const random = seeded(seed);
  const fast = anthropicReply({ deltas: ["one", "two"] });
  const slow = anthropicReply({ deltas: Array.from({ length: 20 }, () => "word "), paceMs: 15 });
  world.upstream.respondWith((exchange) =>
    exchange.request.header("x-pace") === "slow" ? slow(exchange) : fast(exchange),
  );
  const results = await loadWhileKilling(world, random);
  await allClosed(world);
  return [...(await judgeUpstream(world)), ...(await judgeRecords(world, results))];
}

async function loadWhileKilling(world: World, random: Random): Promise<CallResult[]> {
  const results: CallResult[] = [];
  const agent = new Agent({ keepAlive: true });
  let going = true;
  async function lane(): Promise<void> {
    while (going) results.push(await oneCall(world, random, agent));
  }
  const lanes = Array.from({ length: LANES }, lane);
  for (let kills = 0; kills < KILLS; kills += 1) {
    const after = world.upstream.requests.length + 1 + random.below(CALLS_BETWEEN_KILLS);
    await world.upstream.arrival(after);
    await world.replace(random.below(world.gateways.length));
  }
  await world.upstream.arrival(world.upstream.requests.length + CALLS_BETWEEN_KILLS);
  going = false;
  await Promise.all(lanes);
  agent.destroy();
  return results;
}

function oneCall(world: World, random: Random, agent: Agent): Promise<CallResult> {
  const gateway = world.gateways[random.below(world.gateways.length)];
  const tenant = world.tenants[random.below(world.tenants.length)];
  if (gateway === undefined || tenant === undefined) throw new Error("the world is empty");
  const hangUp = random.next() < 0.1;
  return call(gateway.url, {
    key: tenant.key,
    agent,
    stream: random.next() < 0.6,
    model: random.next() < 0.1 ? "claude-opus-4-1" : "claude-sonnet-4-5",
    headers: random.next() < 0.3 ? [["x-pace", "slow"]] : [],
    ...(hangUp && { hangUpAfterChunks: 1 }),
  });
}

/** Waits until no record is open, or for as long as closing may take at most. */
async function allClosed({ sql }: World): Promise<void> {
  const deadline = performance.now() + CLOSED_WITHIN_MS;
  for (;;) {
    const [row] = await sql<{ open: number }[]>`
      SELECT count(*)::int AS open FROM org.intents i
      WHERE NOT EXISTS (SELECT FROM org.outcomes o WHERE o.org_id = i.org_id AND o.id = i.id)`;
    if (row?.open === 0 || performance.now() > deadline) return;
    await delay(LOOK_MS);
  }
}

/** Every action the upstream saw has exactly one record, and each record sent at most one action. */
async function judgeUpstream({ upstream, sql }: World): Promise<string[]> {
  const seen = new Map<string, number>();
  for (const request of upstream.requests) {
    const id = decodeId("record", request.header("x-request-id") ?? "");
    seen.set(id, (seen.get(id) ?? 0) + 1);
  }
  if (seen.size < KILLS * 10)
    throw new Error(`the upstream saw ${seen.size} calls: nothing was tried`);
  const rows = await sql<{ id: string; intents: number; outcomes: number }[]>`
    SELECT w.id, (SELECT count(*)::int FROM org.intents i WHERE i.id = w.id AND i.decision = 'allow') AS intents,
      (SELECT count(*)::int FROM org.outcomes o WHERE o.id = w.id) AS outcomes
    FROM unnest(${[...seen.keys()]}::uuid[]) AS w (id)`;
  const twice = [...seen].filter(([, times]) => times > 1).map(([id]) => `${id} was sent twice`);
  const uncounted = rows
    .filter(({ intents, outcomes }) => intents !== 1 || outcomes !== 1)
    .map(({ id, intents, outcomes }) => `${id}: ${intents} intents, ${outcomes} outcomes`);
  return [...twice, ...uncounted];
}

async function judgeRecords({ sql }: World, results: readonly CallResult[]): Promise<string[]> {
  const rows = await sql<RecordRow[]>`
    SELECT i.id, o.outcome, n.ended_at IS NULL AS living,
      extract(epoch FROM o.at - n.lease_until)::float8 AS "afterLeaseSeconds"
    FROM org.intents i
    JOIN directory.instances n ON n.id = i.instance_id
    LEFT JOIN org.outcomes o ON o.org_id = i.org_id AND o.id = i.id`;
  const unknown = rows.filter(({ outcome }) => outcome === "unknown");
  if (unknown.length === 0)
    throw new Error("no kill left an open record behind: nothing was tried");
  const byId = new Map(rows.map((row) => [encodeId("record", row.id), row]));
  return [
    ...rows.filter(({ outcome }) => outcome === null).map(({ id }) => `${id} was never closed`),
    ...unknown
      .filter(({ living }) => living)
      .map(({ id }) => `${id} of a living instance is unknown`),
    ...unknown
      .filter(({ afterLeaseSeconds }) => afterLeaseSeconds < 0 || afterLeaseSeconds > 60)
      .map(
        ({ id, afterLeaseSeconds }) => `${id} was closed ${afterLeaseSeconds} s after the lease`,
      ),
    ...results.flatMap((result) => judgeResult(result, byId)),
  ];
}

interface RecordRow {
  readonly id: string;
  readonly outcome: string | null;
  readonly living: boolean;
  readonly afterLeaseSeconds: number;
}

/** What a client got whole must be on record as done, unless the process died before it could say so. */
function judgeResult(result: CallResult, byId: ReadonlyMap<string, RecordRow>): string[] {
  if (result.requestId === null || !result.complete) return [];
  const row = byId.get(result.requestId);
  const expected = result.status === 200 ? "done" : result.status === 403 ? "refused" : null;
  if (expected === null || row?.outcome === expected) return [];
  if (row !== undefined && row.outcome === "unknown" && !row.living) return [];
  return [`${result.requestId} answered ${result.status} and is on record as ${row?.outcome}`];
}
