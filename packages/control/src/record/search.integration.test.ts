import { decodeId, encodeId, newIdAt } from "@yolo/core/ids";
import { connectSql, type Sql } from "@yolo/store/sql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRecorder, type Recorder } from "../../test/recorder.ts";
import { createTwoOrgs, type TwoOrgs } from "../../test/two-orgs.ts";
import { createAgent } from "../agent/create.ts";
import { readSession } from "../session/read.ts";
import { countRecords } from "./count.ts";
import { listRecords } from "./list.ts";
import { readUsage } from "./usage.ts";

type Filters = Parameters<typeof countRecords.run>[1];

let orgs: TwoOrgs;
let recorder: Recorder;
let app: Sql;
const made: { [name: string]: string } = {};
const owner = () => orgs.as(orgs.a.members.owner);

beforeAll(async () => {
  orgs = await createTwoOrgs();
  recorder = await createRecorder(orgs);
  app = connectSql(orgs.urls.appUrl, {
    ...{ name: "test", connections: 1, statementTimeoutMs: 5_000, lockTimeoutMs: 5_000 },
  });
  await makeRecords();
});
afterAll(async () => {
  await app.end();
  await recorder[Symbol.asyncDispose]();
  await orgs[Symbol.asyncDispose]();
});

const REFUSED = { status: 403, error: "denied", latencyMs: 2 };

/** One record of each kind; each is told from the others by every filter. */
async function makeRecords(): Promise<void> {
  const { a } = orgs;
  const { id: other } = await createAgent.run(owner(), { projectId: a.project, name: "second" });
  const action = (verb: string, resource: string) => ({
    ...{ verb, resource, actions: [{ verb, resource, facts: {} }] },
  });
  const make = async (name: string, over: Parameters<Recorder["admit"]>[1]) => {
    const { id } = await recorder.admit(a, { clientSession: `run-${name}`, ...over });
    made[name] = id;
    return id;
  };
  await recorder.settle(a, await make("model", {}), { model: "claude-opus-4-1", costMicros: "7" });
  await make("denied", {
    ...{ ...REFUSED, ...action("aws:s3:DeleteObject", "Data_Lake/100%/raw.parquet") },
    ...{
      decision: "deny",
      would: "deny",
      rules: [],
      wouldRules: [],
      explanation: "Denied: never.",
    },
  });
  await make("waits", { ...REFUSED, decision: "approve", would: "approve", user: "auth0|17" });
  await make("trial", { would: "deny", agent: decodeId("agent", other), clientRef: "toolu_77" });
  const failed = await make("failed", { ...action("git:push", "github.com/acme/app#main") });
  await recorder.settle(a, failed, { outcome: "upstream_error", status: 529, error: "overloaded" });
  await make("ruled", {
    rules: [
      {
        id: "big-ones",
        policyId: decodeId("policy", a.policy),
        version: 1,
        line: 9,
        effect: "allow",
      },
    ],
  });
  await recorder.admit(orgs.b, { clientSession: "run-model" });
}

async function found(filters: Filters): Promise<string[]> {
  const { data } = await listRecords.run(owner(), { ...filters, limit: 200 });
  const names = new Map(Object.entries(made).map(([name, id]) => [id, name]));
  return data.map(({ id }) => names.get(id) ?? id).sort();
}

/** What each filter finds, by the names above. */
const CASES: readonly (readonly [filters: Filters, found: readonly string[]])[] = [
  [{}, ["denied", "failed", "model", "ruled", "trial", "waits"]],
  [{ decision: "deny" }, ["denied"]],
  [{ decision: "deny,approve" }, ["denied", "waits"]],
  [{ would: "deny" }, ["denied", "trial"]],
  [{ outcome: "open" }, ["ruled", "trial"]],
  [{ outcome: "upstream_error" }, ["failed"]],
  [{ outcome: "open,done" }, ["model", "ruled", "trial"]],
  [{ status: 529 }, ["failed"]],
  [{ agent: "second" }, ["trial"]],
  [{ agent: "nobody" }, []],
  [{ project: "web", agent: "second" }, ["trial"]],
  [{ project: "elsewhere" }, []],
  [{ session: "run-trial" }, ["trial"]],
  [{ verb: "git" }, ["failed"]],
  [{ verb: "git:push" }, ["failed"]],
  [{ verb: "gi" }, []],
  [{ verb: "*:Delete*" }, ["denied"]],
  [{ resource: "100%/raw" }, ["denied"]],
  [{ resource: "github.com/acme/*" }, ["failed"]],
  [{ resource: "acme/*" }, []],
  [{ resource: "Data?Lake" }, []],
  [{ user: "auth0|17" }, ["waits"]],
  [{ user: "OWNER@acme.com", decision: "deny" }, ["denied"]],
  [{ user: "nobody@acme.com" }, []],
  [{ model: "claude-opus*" }, ["model"]],
  [{ model: "opus" }, ["model"]],
  [{ text: "NEVER" }, ["denied"]],
  [{ text: "toolu_77" }, ["trial"]],
  [{ text: "overloaded" }, ["failed"]],
  [{ text: "tooluX77" }, []],
  [{ text: "_lake/100%" }, ["denied"]],
  [{ decision: "allow", text: "acme", verb: "git" }, ["failed"]],
  [{ since: "1h" }, ["denied", "failed", "model", "ruled", "trial", "waits"]],
  [{ until: "1h" }, []],
  [{ since: "2020-01-01T00:00:00Z", until: "2020-01-02T00:00:00+02:00" }, []],
];

function check() {
  test.for(CASES)("finds by %o", async ([filters, expected]) => {
    expect(await found(filters)).toEqual(expected);
    expect(await countRecords.run(owner(), filters)).toMatchObject({
      ...{ total: expected.length, isExact: true },
    });
  });

  test("finds by a policy, and by one rule of it", async () => {
    const ofPolicy = await found({ rule: orgs.a.policy });
    expect(ofPolicy).toEqual(["failed", "model", "ruled", "trial", "waits"]);
    expect(await found({ rule: `${orgs.a.policy}#big-ones` })).toEqual(["ruled"]);
    expect(await found({ rule: `${orgs.a.policy}#big` })).toEqual([]);
  });

  test("counts by decision and agent what the list of each shows", async () => {
    const counts = await countRecords.run(owner(), {});
    expect(counts.byDecision).toEqual({ allow: 4, approve: 1, deny: 1 });
    for (const { agent, count } of counts.byAgent ?? []) {
      expect(await found({ agent: agent.id })).toHaveLength(count);
    }
  });

  test("sums up exactly what the records say", async () => {
    const { data } = await listRecords.run(owner(), { limit: 200 });
    const usage = await readUsage.run(owner(), { since: "1h" });
    const cost = data.reduce((all, { outcome }) => all + (outcome?.costMicros ?? 0), 0);
    expect(usage).toMatchObject({ calls: data.length, refused: 2, costMicros: cost });
    expect(usage.byAgent.reduce((all, { calls }) => all + calls, 0)).toBe(data.length);
    expect(await readUsage.run(owner(), { since: "1h", agent: "second" })).toMatchObject({
      ...{ calls: 1, costMicros: 0, byAgent: [{ agent: { name: "second" } }] },
    });
  });
}

describe("before records are copied, search", check);

describe("after they are copied, search", () => {
  beforeAll(async () => {
    const [row] = await app<{ copied: number }[]>`SELECT org.copy_records_2(1000) AS copied`;
    expect(row?.copied).toBe(4);
    expect((await app<{ copied: number }[]>`SELECT org.copy_records_2(1000) AS copied`)[0]).toEqual(
      {
        copied: 0,
      },
    );
  });
  check();
});

test.for([
  { decision: "maybe" },
  { decision: "" },
  { status: "42" },
  { since: "yesterday" },
  { since: "24" },
  { rule: "house" },
  { colour: "red" },
  { text: "a\u0000b" },
])("%o is refused, not skipped", async (filters) => {
  await expect(listRecords.run(owner(), filters)).rejects.toMatchObject({ code: "invalid_input" });
  await expect(countRecords.run(owner(), filters)).rejects.toMatchObject({ code: "invalid_input" });
});

test("newer records come nearest first, without a gap, while others are made", async () => {
  const session = { clientSession: "tail" };
  const first = await recorder.admit(orgs.a, session);
  const after: string[] = [];
  for (let at = 0; at < 5; at++) after.push((await recorder.admit(orgs.a, session)).id);
  const seen: string[] = [];
  let cursor: string | null = first.id;
  while (cursor !== null) {
    const page: Awaited<ReturnType<typeof listRecords.run>> = await listRecords.run(owner(), {
      ...{ session: "tail", limit: 2, after: cursor },
    });
    expect(page.nextBefore).toBeNull();
    seen.push(...page.data.map(({ id }) => id).reverse());
    cursor = page.nextAfter;
  }
  expect(seen).toEqual(after);
});

test("a count beyond the bound says so and gives no parts", async () => {
  await app`SELECT org.copy_records_2(1000)`;
  const ownerSql = connectSql(orgs.urls.ownerUrl, {
    ...{ name: "test", connections: 1, statementTimeoutMs: 20_000, lockTimeoutMs: 5_000 },
  });
  const sample = decodeId("record", made.model ?? "");
  await ownerSql`
    INSERT INTO org.record_search
    SELECT (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'verb', 'custom:many', 'text', r.text || 'custom:many'))).*
    FROM org.record_search r, generate_series(1, 10001) WHERE r.id = ${sample}`;
  expect(await countRecords.run(owner(), { verb: "custom:many" })).toEqual({
    ...{ total: 10_000, isExact: false, bound: 10_000, byDecision: null, byAgent: null },
  });
  await ownerSql`DELETE FROM org.record_search WHERE verb = 'custom:many' AND id <> (
    SELECT min(id::text)::uuid FROM org.record_search WHERE verb = 'custom:many')`;
  expect(await countRecords.run(owner(), { verb: "custom:many" })).toMatchObject({
    ...{ total: 1, isExact: true },
  });
  await ownerSql.end();
});

test("usage of part of an hour is exact at both ends, copied or not", async () => {
  const hour = 3_600_000;
  const base = Math.floor(Date.now() / hour) * hour - 5 * hour;
  const moments = [base - 1, base, base + 1, base + hour, base + 2 * hour - 1, base + 2 * hour];
  for (const [at, moment] of moments.entries()) {
    const { id } = await recorder.admit(orgs.b, { id: newIdAt(moment), clientSession: "hours" });
    await recorder.settle(orgs.b, id, { costMicros: String(10 ** at) });
    if (at === 2) await app`SELECT org.copy_records_2(1000)`;
  }
  const costOf = async (since: number, until: number) => {
    const period = { since: new Date(since).toISOString(), until: new Date(until).toISOString() };
    return (await readUsage.run(orgs.as(orgs.b.members.owner), period)).costMicros;
  };
  for (const copied of [false, true]) {
    if (copied) await app`SELECT org.copy_records_2(1000)`;
    expect(await costOf(base, base + 2 * hour)).toBe(11_110);
    expect(await costOf(base - 1, base + 2 * hour + 1)).toBe(111_111);
    expect(await costOf(base + 1, base + 2 * hour - 1)).toBe(1_100);
    expect(await costOf(base, base + 1)).toBe(10);
  }
});

test("the copies cannot be read without a scope, past it, or by the gateway", async () => {
  await app`SELECT org.copy_records_2(1000)`;
  const ofOrg = (org: string) =>
    app.begin(async (tx) => {
      await tx`SELECT set_config('yolo.org', ${org}, true)`;
      return tx`SELECT DISTINCT org_id::text AS org FROM org.copied_records WHERE org_id IS NOT NULL`;
    });
  expect(await ofOrg(orgs.a.orgId)).toEqual([{ org: orgs.a.orgId }]);
  expect(await ofOrg(orgs.b.orgId)).toEqual([{ org: orgs.b.orgId }]);
  await expect(app`SELECT FROM org.copied_records`).rejects.toThrow(
    /yolo.org|invalid input syntax for type uuid/,
  );
  const past = app.begin(async (tx) => {
    await tx`SELECT set_config('yolo.org', ${orgs.a.orgId}, true)`;
    await tx`SELECT FROM org.record_search`;
  });
  await expect(past).rejects.toThrow("permission denied");
  const gateway = connectSql(orgs.urls.gatewayUrl, {
    ...{ name: "test", connections: 1, statementTimeoutMs: 5_000, lockTimeoutMs: 5_000 },
  });
  await expect(gateway`SELECT FROM org.copied_records`).rejects.toThrow("permission denied");
  await gateway.end();
});

test("another org's records are not found, whatever is asked", async () => {
  const other = orgs.as(orgs.b.members.owner);
  for (const id of Object.values(made)) {
    expect((await listRecords.run(other, { text: id })).data).toEqual([]);
  }
  expect((await listRecords.run(other, { agent: "second" })).data).toEqual([]);
  expect((await listRecords.run(other, { rule: orgs.a.policy })).data).toEqual([]);
  const { session } = await recorder.admit(orgs.a, { clientSession: "mine" });
  await expect(readSession.run(other, { id: session })).rejects.toMatchObject({
    code: "not_found",
  });
  expect(encodeId("session", decodeId("session", session))).toBe(session);
});
