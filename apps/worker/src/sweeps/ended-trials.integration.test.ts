import { createPolicy } from "@yolo/control/policy/create";
import { listPolicyVersions } from "@yolo/control/policy/list-versions";
import { publishPolicy } from "@yolo/control/policy/publish";
import { readPolicy } from "@yolo/control/policy/read";
import { createProject } from "@yolo/control/project/create";
import { createTwoOrgs, type TestOrg, type TwoOrgs } from "@yolo/control/test/two-orgs";
import { systemClock } from "@yolo/core/clock";
import { decodeId } from "@yolo/core/ids";
import { compilePolicy } from "@yolo/policy/compile";
import type { Subject } from "@yolo/policy/engine";
import { connectSql, type Sql } from "@yolo/store/sql";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { WorkerDeps } from "../registry.ts";
import { sweepEndedTrials } from "./ended-trials.ts";

let orgs: TwoOrgs;
let sql: Sql;
let owner: Sql;
const options = { name: "test", connections: 2, statementTimeoutMs: 5_000, lockTimeoutMs: 5_000 };
beforeAll(async () => {
  orgs = await createTwoOrgs();
  sql = connectSql(orgs.urls.appUrl, options);
  owner = connectSql(orgs.urls.ownerUrl, options);
});
afterAll(async () => {
  await Promise.all([sql.end(), owner.end()]);
  await orgs[Symbol.asyncDispose]();
});

const HOUR_MS = 3_600_000;

/** The sweep, by a clock that is so many hours ahead. */
function sweepAfter(hours: number): Promise<number> {
  const now = systemClock.now() + hours * HOUR_MS;
  const deps: WorkerDeps = {
    ...{ sql, database: orgs.database, secrets: orgs.secrets },
    ...{ clock: { ...systemClock, now: () => now }, logger: pino({ level: "silent" }) },
  };
  return sweepEndedTrials(deps);
}

let count = 0;
async function onTrial(org: TestOrg = orgs.a) {
  count += 1;
  const project = { slug: `p${count}`, name: "P", starter: "claude-code-safe" } as const;
  const { policy } = await createProject.run(orgs.as(org.members.developer), project);
  if (policy === null) throw new Error("no policy was made");
  return policy;
}

const as = (org: TestOrg) => orgs.as(org.members.owner);

test("a starter is version 1 in evaluate with a day's trial; without one there is no policy", async () => {
  const policy = await onTrial();
  expect(policy).toMatchObject({ layer: "project", liveVersion: 1, name: "p1" });
  const left = Date.parse(policy.trialEndsAt ?? "") - systemClock.now();
  expect(left).toBeGreaterThan(23 * HOUR_MS);
  expect(left).toBeLessThanOrEqual(24 * HOUR_MS);
  const { text } = await readPolicy.run(as(orgs.a), { id: policy.id });
  expect(text).toMatch(/^mode: evaluate$/m);
  const plain = await createProject.run(as(orgs.a), { slug: "plain", name: "Plain" });
  expect(plain.policy).toBeNull();
  expect(await sweepAfter(23)).toBe(0);
  expect(await readPolicy.run(as(orgs.a), { id: policy.id })).toMatchObject({ liveVersion: 1 });
});

test("the first call passes on trial and is recorded as what it would be; tools of the provider never pass", async () => {
  const policy = await onTrial();
  const { text } = await readPolicy.run(as(orgs.a), { id: policy.id });
  const engine = compilePolicy([{ policyId: policy.id, version: 1, layer: "project", text }]);
  const subject: Subject = {
    agent: { id: "agt_1", name: "builder", project: "web" },
    user: { id: "u", verified: false, roles: [], groups: [], scopes: [], claims: {} },
    session: { id: "s" },
    tier: "api",
  };
  const decide = (verb: "custom:anything" | "llm:server_tool") =>
    engine.decide(subject, { verb, resource: "x", args: {}, facts: {} }, { now: 0, usage: {} });
  expect(decide("custom:anything")).toMatchObject({ effect: "allow", would: "deny" });
  expect(decide("llm:server_tool")).toMatchObject({ effect: "deny" });
});

test("after the day the same text is published in enforce by the product, once, however many sweep", async () => {
  const [mine, theirs] = [await onTrial(orgs.a), await onTrial(orgs.b)];
  const before = await readPolicy.run(as(orgs.a), { id: mine.id });
  const swept = await Promise.all([sweepAfter(25), sweepAfter(25), sweepAfter(25)]);
  expect(swept.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(2);
  expect(await sweepAfter(25)).toBe(0);
  const after = await readPolicy.run(as(orgs.a), { id: mine.id });
  expect(after).toMatchObject({ liveVersion: 2, trialEndsAt: null, published: { authorId: null } });
  expect(after.text).toBe(before.text.replace("mode: evaluate", "mode: enforce"));
  const { data } = await listPolicyVersions.run(as(orgs.b), { id: theirs.id });
  expect(data.map(({ version }) => version)).toEqual([2, 1]);
});

test("a member's publish ends the trial at once", async () => {
  const { id } = await onTrial();
  const text = "mode: evaluate\nrules:\n  - allow: llm:*\n";
  const published = await publishPolicy.run(as(orgs.a), { id, base: 1, text, message: "mine" });
  expect(published).toMatchObject({ liveVersion: 2, trialEndsAt: null });
  await sweepAfter(25);
  expect(await readPolicy.run(as(orgs.a), { id })).toMatchObject({ liveVersion: 2, text });
});

test("one that cannot be published keeps no other from it, and is tried again", async () => {
  const [odd, good] = [await onTrial(), await onTrial()];
  await owner`
    UPDATE org.policy_versions SET text = 'rules: [{ alow: x }]'
    WHERE policy_id = ${decodeId("policy", odd.id)}`;
  expect(await sweepAfter(25)).toBe(1);
  expect(await readPolicy.run(as(orgs.a), { id: good.id })).toMatchObject({ liveVersion: 2 });
  expect(await readPolicy.run(as(orgs.a), { id: odd.id })).toMatchObject({
    ...{ liveVersion: 1, trialEndsAt: odd.trialEndsAt },
  });
});

test("a name that is taken is no obstacle", async () => {
  const text = "rules:\n  - allow: llm:*\n";
  await createPolicy.run(as(orgs.a), { name: "taken", layer: "org", text });
  const project = { slug: "taken", name: "T", starter: "claude-code-safe" } as const;
  const { policy } = await createProject.run(as(orgs.a), project);
  expect(policy?.name).toBe("taken 2");
});
