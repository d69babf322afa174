/**
 * The public API on the large org, over HTTP with a member's token: lists, counts, filters, text search, sessions and
 * usage answer within half a second, and say the same whichever way one asks.
 */
import { expect } from "@playwright/test";
import type { Api } from "../api.ts";
import { LARGE_RECORDS } from "../large-org.ts";
import { test } from "./visit.ts";

const P95_MS = 500;
const RUNS = 20;
const ROUNDS_MAX = 3;
/** Where counting ends and "more than" begins. */
const COUNTED_MAX = 10_000;

interface Sample {
  readonly agent: string;
  readonly resource: string;
  readonly policy: string;
  readonly session: string;
}

/** What is asked, below `/api/v1`. */
const QUESTIONS: { readonly [name: string]: (sample: Sample) => string } = {
  "the list": () => "/records",
  denied: () => "/records?decision=deny",
  "one agent's, not allowed": ({ agent }) => `/records?agent=${agent}&decision=deny,approve`,
  "a rare verb": () => "/records?verb=http:delete",
  "resources that begin so": () => "/records?resource=data-lake/reports/2026/3/*",
  "a resource that nothing has": () => "/records?resource=no-such-thing",
  "a status": () => "/records?status=429",
  "a rule": ({ policy }) => `/records?rule=${policy}%23posts`,
  "a user": () => "/records?user=okta%7Cada&model=claude-opus*",
  "one day a while ago": () => "/records?since=20d&until=19d",
  "a session by its beginning": ({ session }) => `/records?session=${session.slice(4, 12)}`,
  "text that many have": () => "/records?text=parquet",
  "text that one has": ({ resource }) => `/records?text=${encodeURIComponent(resource.slice(-20))}`,
  "text that nothing has": () => "/records?text=no%20such%20text",
  "a count": () => "/records/counts",
  "a count by text": () => "/records/counts?text=parquet",
  "a count by model": () => "/records/counts?model=claude-opus*",
  "usage of a day": () => "/usage",
  "usage of a month": () => "/usage?since=30d",
  sessions: () => "/sessions",
  "sessions of an agent": ({ agent }) => `/sessions?agent=${agent}`,
  "a session": ({ session }) => `/sessions/${session}`,
  "anything by eight digits": ({ session }) => `/search?text=${session.slice(4, 12)}`,
  "anything by name": () => "/search?text=triage",
};

test("what was written is what is counted, listed and summed up", async ({ largeApi: api }) => {
  const { total } = await read(api, "/records/counts");
  expect(total).toBe(Math.min(LARGE_RECORDS, COUNTED_MAX));
  // One call more than was seeded may have been made through the gateway.
  const { calls } = await read(api, "/usage?since=90d");
  expect(calls - LARGE_RECORDS).toBeGreaterThanOrEqual(0);
  expect(calls - LARGE_RECORDS).toBeLessThanOrEqual(1);
  const rare = "verb=http:delete&since=3d";
  const counted = await read(api, `/records/counts?${rare}`);
  expect(counted.isExact).toBe(true);
  let listed = 0;
  for (let path = `/records?${rare}&limit=200`; ; ) {
    const { data, nextBefore } = await read(api, path);
    listed += data.length;
    if (nextBefore === null) break;
    path = `/records?${rare}&limit=200&before=${nextBefore}`;
  }
  expect(listed).toBe(counted.total);
  const { data } = await read(api, "/sessions");
  for (const { id, records } of data.slice(0, 5)) {
    expect((await read(api, `/records/counts?session=${id}`)).total).toBe(records);
  }
});

for (const [name, ask] of Object.entries(QUESTIONS)) {
  test(`${name}: within half a second`, async ({ largeApi: api }) => {
    const path = ask(await sampleOf(api));
    const p95s: number[] = [];
    // The least of up to three rounds: whatever else this machine does only adds to it.
    for (let round = 0; round < ROUNDS_MAX; round++) {
      p95s.push(await p95(api, path, name));
      if (p95s.some((ms) => ms <= P95_MS)) break;
    }
    expect(Math.min(...p95s)).toBeLessThanOrEqual(P95_MS);
  });
}

async function p95(api: Api, path: string, name: string): Promise<number> {
  const took: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const startedAt = performance.now();
    await read(api, path);
    took.push(performance.now() - startedAt);
  }
  took.sort((a, b) => a - b);
  const at = (share: number) => took[Math.ceil(took.length * share) - 1] ?? Number.NaN;
  process.stdout.write(`| ${name} | ${at(0.5).toFixed(0)} | ${at(0.95).toFixed(0)} |\n`);
  return at(0.95);
}

interface Body {
  readonly data: readonly {
    readonly id: string;
    readonly records: number;
    readonly resource: string;
    readonly agent: { readonly name: string };
    readonly session: { readonly id: string };
    readonly policies: readonly { readonly policyId: string }[];
  }[];
  readonly nextBefore: string | null;
  readonly total: number;
  readonly isExact: boolean;
  readonly calls: number;
}

async function read(api: Api, path: string): Promise<Body> {
  const { status, body } = await api.get(path);
  expect(status, `${path}: ${JSON.stringify(body)}`).toBe(200);
  return Object(body);
}

async function sampleOf(api: Api): Promise<Sample> {
  const { data } = await read(api, "/records?verb=aws:s3:GetObject&limit=1");
  const [record] = data;
  if (record === undefined) throw new Error("nothing was recorded");
  const { agent, resource, policies, session } = record;
  return {
    ...{ agent: agent.name, resource, session: session.id },
    policy: policies[0]?.policyId ?? "",
  };
}
