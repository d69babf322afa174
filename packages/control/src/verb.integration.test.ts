import { encodeId, newId, newRandomId } from "@yolo/core/ids";
import { Secret } from "@yolo/core/secret";
import { hashesOf } from "@yolo/identity/token";
import { createJobQueue } from "@yolo/store/jobs";
import { connectDatabase, inOrg } from "@yolo/store/prisma";
import { connectRedis } from "@yolo/store/redis";
import { createRedis } from "@yolo/testkit/redis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { allVerbs } from "../test/all-verbs.ts";
import { createRecorder } from "../test/recorder.ts";
import { CREDENTIAL, createTwoOrgs, POLICY, type TestOrg, type TwoOrgs } from "../test/two-orgs.ts";
import { createAgentKey } from "./agent-key/create.ts";
import { createApiToken } from "./api-token/create.ts";
import type { Actor, Context } from "./context.ts";
import { startDryRun } from "./dry-run/start.ts";
import { PERMISSIONS, ROLES, type Role } from "./permissions.ts";
import { query, verb } from "./verb.ts";

const verbs = await allVerbs();
const names = [...verbs.keys()].sort();

let orgs: TwoOrgs;
const dryRuns = new Map<TestOrg, string>();
const tokens = new Map<TestOrg, string>();
const records = new Map<TestOrg, { readonly id: string; readonly session: string }>();
beforeAll(async () => {
  orgs = await createTwoOrgs();
  await using recorder = await createRecorder(orgs);
  await using redis = await createRedis();
  const producer = connectRedis(redis.url);
  const jobs = createJobQueue(producer);
  for (const org of [orgs.a, orgs.b]) {
    records.set(org, await recorder.admit(org, { request: "{}" }));
    const owner = { ...orgs.as(org.members.owner), jobs };
    const started = await startDryRun.run(owner, { draft: { text: POLICY } });
    dryRuns.set(org, started.id);
    tokens.set(org, (await createApiToken.run(owner, { name: "laptop" })).id);
  }
  await jobs.close();
  producer.disconnect();
});
afterAll(() => orgs[Symbol.asyncDispose]());

/** For every verb an input that is right in this org. Names are fresh each time. */
const INPUTS: { readonly [verb: string]: (org: TestOrg) => object } = {
  "org.create": () => ({ slug: fresh(), name: "N", owner: { email: "x@example.com", name: "X" } }),
  "org.read": () => ({}),
  "org.update": () => ({ name: fresh() }),
  "member.list": () => ({}),
  "member.update": (org) => ({ id: memberOf(org, "auditor"), role: "auditor" }),
  "member.remove": (org) => ({
    ...{ id: memberOf(org, "auditor"), keysTo: memberOf(org, "admin") },
  }),
  "group.list": () => ({}),
  "group.create": () => ({ name: fresh() }),
  "group.rename": (org) => ({ id: org.group, name: fresh() }),
  "group.delete": (org) => ({ id: org.group }),
  "group.add-member": (org) => ({ id: org.group, memberId: memberOf(org, "auditor") }),
  "group.remove-member": (org) => ({ id: org.group, memberId: memberOf(org, "auditor") }),
  "invitation.list": () => ({}),
  "invitation.create": () => ({ role: "developer" }),
  "invitation.renew": (org) => ({ id: org.invitation }),
  "invitation.revoke": (org) => ({ id: org.invitation }),
  "project.create": () => ({ slug: fresh(), name: "N" }),
  "project.list": () => ({}),
  "project.read": (org) => ({ id: org.project }),
  "project.update": (org) => ({ id: org.project, name: "Web" }),
  "project.archive": (org) => ({ id: org.project }),
  "project.restore": (org) => ({ id: org.project }),
  "agent.create": (org) => ({ projectId: org.project, name: fresh() }),
  "agent.read": (org) => ({ id: org.agent }),
  "agent.update": (org) => ({ id: org.agent, name: "deployer" }),
  "agent.restore": (org) => ({ id: org.agent }),
  "agent.archive": (org) => ({ id: org.agent }),
  "agent.list": (org) => ({ project: org.project }),
  "agent-key.create": (org) => ({ agentId: org.agent }),
  "agent-key.rotate": (org) => ({ id: org.agentKey }),
  "agent-key.revoke": (org) => ({ id: org.agentKey }),
  "agent-key.list": (org) => ({ agent: org.agent }),
  "connector.add": () => ({
    ...{ name: fresh(), provider: "anthropic", mode: "vaulted", credential: CREDENTIAL },
  }),
  "connector.list": () => ({}),
  "connector.rename": (org) => ({ id: org.connector, name: fresh() }),
  "connector.set-default": (org) => ({ id: org.connector }),
  "connector.test": (org) => ({ id: org.connector }),
  "connector.rotate": (org) => ({ id: org.connector, credential: CREDENTIAL, test: false }),
  "connector.archive": (org) => ({ id: org.connector, confirm: "main" }),
  "onboarding.connect": () => ({ project: fresh().slice(0, 20), agent: "builder" }),
  "onboarding.calls": () => ({}),
  "onboarding.steps": () => ({}),
  "onboarding.dismiss-steps": () => ({ dismissed: true }),
  "onboarding.test-call": (org) => ({ agentId: org.agent }),
  "policy.create": (org) => ({
    ...{ name: fresh(), layer: "agent", agentId: org.agent, text: POLICY },
  }),
  "policy.publish": (org) => ({ id: org.policy, base: 1, text: POLICY, message: "m" }),
  "policy.rollback": (org) => ({ id: org.policy, base: 1, to: 2 }),
  "policy.lint": (org) => ({ draft: { policyId: org.policy, text: POLICY } }),
  "policy.test": (org) => ({ draft: { projectId: org.project, text: POLICY } }),
  "policy.read": (org) => ({ id: org.policy }),
  "policy.list": () => ({}),
  "policy.rename": (org) => ({ id: org.policy, name: fresh() }),
  "policy.archive": (org) => ({ id: org.policy }),
  "policy.save-draft": (org) => ({ id: org.policy, base: 1, revision: 0, text: "" }),
  "policy.read-draft": (org) => ({ id: org.policy }),
  "policy.discard-draft": (org) => ({ id: org.policy }),
  "policy.list-versions": (org) => ({ id: org.policy }),
  "policy.diff": (org) => ({ id: org.policy, text: POLICY }),
  "policy.preview": (org) => ({ agentId: org.agent }),
  "policy.explain": (org) => ({
    agentId: org.agent,
    action: { verb: "llm:invoke", resource: "anthropic/claude-sonnet-4-5" },
  }),
  "policy.end-trial": (org) => ({ id: org.policy }),
  "dry-run.start": (org) => ({ draft: { policyId: org.policy, text: POLICY } }),
  "dry-run.list": (org) => ({ policyId: org.policy }),
  "dry-run.read": (org) => ({ id: dryRuns.get(org) }),
  "dry-run.cancel": (org) => ({ id: dryRuns.get(org) }),
  "api-token.create": () => ({ name: "laptop" }),
  "api-token.list": () => ({}),
  "api-token.revoke": (org) => ({ id: tokens.get(org) }),
  "record.list": (org) => ({ session: records.get(org)?.session }),
  "record.read": (org) => ({ id: records.get(org)?.id }),
  "session.list": (org) => ({ session: records.get(org)?.session }),
  "change.list": (org) => ({ subject: org.agent }),
  "change.count": (org) => ({ subject: org.agent }),
  "record.count": (org) => ({ session: records.get(org)?.session }),
  "search.find": (org) => ({ text: org.agent }),
  "session.read": (org) => ({ id: records.get(org)?.session }),
  "session.read-turns": (org) => ({ id: records.get(org)?.session, records: records.get(org)?.id }),
  "usage.read": (org) => ({ agent: org.agent }),
};

/** Fields by which another org's ids are looked for without naming one thing, and what is found: nothing. */
const FINDS_NOTHING: { readonly [verbAndField: string]: object } = {
  "change.count subject": { byKind: { change: { total: 0 }, view: { total: 0 } } },
  "record.count session": { total: 0 },
  "search.find text": { data: [] },
  "usage.read agent": { calls: 0, byAgent: [] },
  "session.read-turns records": { data: [] },
};

function fresh(): string {
  return `n${newRandomId()}`;
}

function memberOf(org: TestOrg, role: Role): string {
  return encodeId("member", org.members[role].memberId);
}

/** The owner, or the product itself where no member may. */
function whoMay(name: string): Actor {
  const permission = verbs.get(name)?.permission ?? "orgs:create";
  return PERMISSIONS[permission].length === 0 ? orgs.a.system : orgs.a.members.owner;
}

async function attempt(name: string, context: Context, input: object): Promise<unknown> {
  const found = verbs.get(name);
  if (found === undefined) throw new Error(`no verb ${name}`);
  return found.run(context, input);
}

test("every verb is tried here", () => {
  expect(names).toEqual(Object.keys(INPUTS).sort());
});

describe.for(names)("%s", (name) => {
  test("refuses every role that the table does not name, before it looks at the input", async () => {
    const permission = verbs.get(name)?.permission ?? "orgs:create";
    const allowed: readonly Role[] = PERMISSIONS[permission];
    for (const role of ROLES.filter((one) => !allowed.includes(one))) {
      const refused = attempt(name, orgs.as(orgs.a.members[role]), { nonsense: true });
      await expect(refused).rejects.toMatchObject({ code: "forbidden" });
    }
  });

  test("does not know the other org's ids", async () => {
    const own = INPUTS[name]?.(orgs.a) ?? {};
    const theirs = INPUTS[name]?.(orgs.b) ?? {};
    for (const [field, value] of Object.entries(theirs)) {
      if (typeof value !== "string" || !/^[a-z]{3}_[0-9a-f]{32}$/.test(value)) continue;
      const mixed = attempt(name, orgs.as(whoMay(name)), { ...own, [field]: value });
      const answer = await mixed.catch((error: unknown) => error);
      if (name.endsWith(".list")) expect(answer).toMatchObject({ data: [] });
      else expect(answer).toMatchObject(FINDS_NOTHING[`${name} ${field}`] ?? { code: "not_found" });
    }
  });

  test("refuses a field that it does not know", async () => {
    const input = { ...INPUTS[name]?.(orgs.a), surprise: 1 };
    const refused = attempt(name, orgs.as(whoMay(name)), input);
    await expect(refused).rejects.toMatchObject({ code: "invalid_input" });
  });
});

test("no change holds a secret, whatever was made", async () => {
  const owner = orgs.as(orgs.a.members.owner);
  const made = await createAgentKey.run(owner, { agentId: orgs.a.agent });
  const token = await createApiToken.run(owner, { name: "laptop" });
  const changes = await inOrg(orgs.database, orgs.a.orgId, (transaction) =>
    transaction.change.findMany(),
  );
  expect(changes.map((change) => change.verb)).toEqual(
    expect.arrayContaining(["agent-key.create", "api-token.create", "connector.add"]),
  );
  const text = JSON.stringify(changes);
  for (const secret of [CREDENTIAL, orgs.a.key, made.key, token.token]) {
    expect(text).not.toContain(secret);
    for (const hash of hashesOf(orgs.secrets.peppers, secret)) {
      expect(text).not.toContain(hash.toString("hex"));
      expect(text).not.toContain(hash.toString("base64"));
    }
  }
});

describe("a verb", () => {
  const input = z.strictObject({ slug: z.string() });
  const output = z.strictObject({ id: z.string() });

  /** Writes a project, then does what the test says. */
  function writing(after: () => void) {
    return verb({
      ...{ name: "test.write", permission: "projects:write", input, output },
      taken: "taken",
      async run({ transaction, orgId }, { slug }) {
        const id = newId();
        await transaction.project.create({ data: { orgId, id, slug, name: slug } });
        after();
        return { result: { id }, change: { subject: id, before: null, after: { slug } } };
      },
    });
  }

  const countOf = (slug: string, requestId: string) =>
    inOrg(orgs.database, orgs.a.orgId, async (transaction) => ({
      projects: await transaction.project.count({ where: { slug } }),
      changes: await transaction.change.count({ where: { requestId } }),
    }));

  test("commits the change with its record, under the request's id", async () => {
    const context = orgs.as(orgs.a.members.owner);
    await writing(() => undefined).run(context, { slug: "kept" });
    expect(await countOf("kept", context.requestId)).toEqual({ projects: 1, changes: 1 });
  });

  test("that fails leaves neither the change nor its record", async () => {
    const context = orgs.as(orgs.a.members.owner);
    const failing = writing(() => {
      throw new Error("boom");
    });
    await expect(failing.run(context, { slug: "gone" })).rejects.toThrow("boom");
    expect(await countOf("gone", context.requestId)).toEqual({ projects: 0, changes: 0 });
  });

  test("whose record cannot be written does not change anything", async () => {
    const context = { ...orgs.as(orgs.a.members.owner), requestId: "a\u0000b" };
    const unrecorded = writing(() => undefined).run(context, { slug: "unrecorded" });
    await expect(unrecorded).rejects.toThrow();
    expect(await countOf("unrecorded", "-")).toEqual({ projects: 0, changes: 0 });
  });

  test("that only looks is held to it by the database", async () => {
    const looking = query({
      ...{ name: "test.look", permission: "projects:read", input, output },
      async run({ transaction, orgId }, { slug }) {
        const row = await transaction.project.create({
          data: { orgId, id: newId(), slug, name: slug },
        });
        return { id: row.id };
      },
    });
    const writes = looking.run(orgs.as(orgs.a.members.owner), { slug: "sneaky" });
    await expect(writes).rejects.toThrow(/read-only transaction/);
  });

  test("sees no row of another org even when it asks for all", async () => {
    const looking = query({
      ...{ name: "test.look", permission: "projects:read", input: z.strictObject({}) },
      output: z.array(z.string()),
      async run({ transaction }) {
        const rows = await transaction.project.findMany();
        return rows.map((row) => row.orgId);
      },
    });
    const seen = await looking.run(orgs.as(orgs.a.members.owner), {});
    expect(new Set(seen)).toEqual(new Set([orgs.a.orgId]));
  });

  test("cannot write into another org", async () => {
    const crossing = verb({
      ...{ name: "test.cross", permission: "projects:write", input, output },
      async run({ transaction }, { slug }) {
        const data = { orgId: orgs.b.orgId, id: newId(), slug, name: slug };
        await transaction.project.create({ data });
        return { result: { id: slug }, change: null };
      },
    });
    const crossed = crossing.run(orgs.as(orgs.a.members.owner), { slug: "crossed" });
    await expect(crossed).rejects.toThrow(/row-level security/);
  });

  test("works again as soon as the database does, after every connection was cut", async () => {
    const superuser = connectDatabase(orgs.urls.ownerUrl);
    const cut = await superuser.$queryRaw<unknown[]>`
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE usename = 'yolo_app' AND datname = ${orgs.urls.name}`;
    expect(cut.length).toBeGreaterThan(0);
    await superuser.$disconnect();
    const slug = fresh();
    const attempt = async (): Promise<"done"> => {
      try {
        await writing(() => undefined).run(orgs.as(orgs.a.members.owner), { slug });
        return "done";
      } catch (error) {
        expect(error).toMatchObject({ code: "unavailable" });
        return attempt();
      }
    };
    expect(await attempt()).toBe("done");
    expect(await countOf(slug, "-")).toMatchObject({ projects: 1 });
  });

  test("answers unavailable while the database is away, and says nothing about it", async () => {
    const url = new URL(orgs.urls.appUrl);
    url.port = "1";
    const database = connectDatabase(url.href);
    const context = { ...orgs.as(orgs.a.members.owner), database };
    const away = writing(() => undefined).run(context, { slug: "away" });
    await expect(away).rejects.toMatchObject({ code: "unavailable", status: 503 });
    await expect(away).rejects.not.toThrow(/127\.0\.0\.1|yolo_app|ECONN/);
    await database.$disconnect();
  });
});

test("a secret in an input prints as a secret once it is parsed", () => {
  const parsed = verbs.get("connector.add")?.input.parse(INPUTS["connector.add"]?.(orgs.a));
  expect(parsed).toMatchObject({ credential: expect.any(Secret) });
  expect(JSON.stringify(parsed)).not.toContain(CREDENTIAL);
});
