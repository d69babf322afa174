import { Agent } from "node:http";
import { expect } from "@playwright/test";
import { open, send } from "@yolo/testkit/http-client";
import { startRoundRobin } from "@yolo/testkit/round-robin";
import type { Backstage, GatewayProcess } from "../backstage.ts";
import { test } from "../journey.ts";

const TIMEOUT_MS = 120_000;
const CALLERS = 4;
const STREAMS = 12;
/** Streams of some three seconds, so that every restart finds live ones, and none can wait for all to finish. */
const STREAM = "#test stream 150 20";
const GATEWAY_ENV = { LAME_DUCK_SECONDS: "1", DRAIN_SECONDS: "1" };
const STOP_GRACE_MS = 30_000;

interface Counts {
  calls: number;
  readonly endings: string[];
  readonly failures: string[];
}

interface Load {
  readonly url: string;
  readonly key: string;
  readonly counts: Counts;
  readonly stop: AbortSignal;
}

function message(content: string, stream: boolean): object {
  return {
    model: "claude-sonnet-5-5",
    max_tokens: 1_000,
    stream,
    messages: [{ role: "user", content }],
  };
}

function headers(key: string): [string, string][] {
  return [
    ["x-api-key", key],
    ["anthropic-version", "2023-06-01"],
  ];
}

/** Calls one after another over a connection that is kept, as SDKs do. */
async function callUntilStopped({ url, key, counts, stop }: Load): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  while (!stop.aborted) {
    const body = message("hello", false);
    const reply = await send(`${url}/v1/messages`, { headers: headers(key), body, agent }).catch(
      (error: Error) => ({ status: 0, text: () => error.message }),
    );
    counts.calls += 1;
    if (reply.status !== 200) counts.failures.push(`call: ${reply.status} ${reply.text()}`);
  }
  agent.destroy();
}

/** Streams one after another; notes how each ended. */
async function streamUntilStopped({ url, key, counts, stop }: Load): Promise<void> {
  while (!stop.aborted) {
    let text = "";
    try {
      const body = message(STREAM, true);
      const reply = await open(`${url}/v1/messages`, { headers: headers(key), body });
      for await (const chunk of reply.chunks) text += chunk;
      if (reply.status !== 200) counts.failures.push(`stream: ${reply.status} ${text}`);
      else counts.endings.push(text.trimEnd().split("\n").at(-2) ?? "");
    } catch (error) {
      counts.failures.push(`stream: ${error} after ${text.length} bytes`);
    }
  }
}

/** Gateways of this test, all ended with it. */
class Gateways implements AsyncDisposable {
  readonly #backstage: Backstage;
  readonly #testModelUrl: string;
  readonly #started: GatewayProcess[] = [];

  constructor(backstage: Backstage, testModelUrl: string) {
    this.#backstage = backstage;
    this.#testModelUrl = testModelUrl;
  }

  async start(): Promise<GatewayProcess> {
    const env = { TEST_MODEL_URL: this.#testModelUrl, ...GATEWAY_ENV };
    const gateway = await this.#backstage.startGateway(env);
    this.#started.push(gateway);
    return gateway;
  }

  /** Those that run now. */
  all(): readonly GatewayProcess[] {
    return [...this.#started];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const gateway of this.#started) await gateway[Symbol.asyncDispose]();
  }
}

interface Recorded {
  readonly records: number;
  readonly open: number;
  readonly unknown: number;
  readonly cut: number;
}

/** What stands in the ledger of all orgs. */
async function recorded({ sql }: Backstage): Promise<Recorded> {
  const [row] = await sql<[Recorded]>`
    SELECT count(*)::int AS records, count(*) FILTER (WHERE o.id IS NULL)::int AS open,
      count(*) FILTER (WHERE o.outcome = 'unknown')::int AS unknown,
      count(*) FILTER (WHERE o.error = 'shutting_down')::int AS cut
    FROM org.intents i LEFT JOIN org.outcomes o USING (org_id, id)`;
  return row;
}

test("two gateways restart one after the other under load: no failed request, every stream ends with message_stop", async ({
  product,
  backstage,
}) => {
  test.setTimeout(TIMEOUT_MS);
  await using testModel = await backstage.startTestModel();
  await using balancer = await startRoundRobin();
  await using gateways = new Gateways(backstage, testModel.url);
  const add = ({ url, operatorUrl }: GatewayProcess) => balancer.add(url, operatorUrl);
  for (let index = 0; index < 2; index++) await add(await gateways.start());

  const earlier = await recorded(backstage);
  const counts: Counts = { calls: 0, endings: [], failures: [] };
  const stop = new AbortController();
  const load = { url: balancer.url, key: product.ready.agentKey, counts, stop: stop.signal };
  const running = [
    ...Array.from({ length: CALLERS }, () => callUntilStopped(load)),
    ...Array.from({ length: STREAMS }, () => streamUntilStopped(load)),
  ];
  await expect.poll(() => counts.endings.length, { timeout: 20_000 }).toBeGreaterThan(STREAMS);
  for (const old of gateways.all()) {
    const before = counts.calls;
    const exit = await old.process.stop({ signal: "SIGTERM", graceMs: STOP_GRACE_MS });
    expect(exit).toMatchObject({ code: 0, signal: null });
    expect(counts.calls).toBeGreaterThan(before);
    await add(await gateways.start());
    balancer.remove(old.url);
    await expect.poll(() => balancer.ready.length).toBe(2);
  }
  stop.abort();
  await Promise.all(running);

  expect(counts.failures).toEqual([]);
  expect(balancer.failures).toEqual([]);
  expect(new Set(counts.endings)).toEqual(new Set(["event: message_stop"]));
  expect(counts.endings.length).toBeGreaterThan(2 * STREAMS);

  await expect(async () => expect((await recorded(backstage)).open).toBe(0)).toPass();
  const now = await recorded(backstage);
  expect(now.records - earlier.records).toBe(counts.calls + counts.endings.length);
  expect(now.unknown).toBe(earlier.unknown);
  expect(now.cut, "no restart met a live stream").toBeGreaterThan(earlier.cut);
});
