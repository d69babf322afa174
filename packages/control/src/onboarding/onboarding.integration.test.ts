import { newId } from "@yolo/core/ids";
import { hashesOf } from "@yolo/identity/token";
import { inOrg } from "@yolo/store/prisma";
import { connectRedis } from "@yolo/store/redis";
import { createUnrecordedCalls } from "@yolo/store/unrecorded-calls";
import { createRedis, type TestRedis } from "@yolo/testkit/redis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startProvider } from "../../test/provider.ts";
import { createRecorder, type Recorder } from "../../test/recorder.ts";
import { createTwoOrgs, POLICY, type TwoOrgs } from "../../test/two-orgs.ts";
import { archiveAgent } from "../agent/archive.ts";
import { listAgentKeys } from "../agent-key/list.ts";
import type { Context } from "../context.ts";
import { createOrg } from "../org/create.ts";
import { createPolicy } from "../policy/create.ts";
import { listCalls } from "./calls.ts";
import { connectAgent } from "./connect-agent.ts";
import { dismissSteps } from "./dismiss-steps.ts";
import { readSteps } from "./steps.ts";
import { makeTestCall } from "./test-call.ts";

let orgs: TwoOrgs;
let redis: TestRedis;
let recorder: Recorder;
let producer: ReturnType<typeof connectRedis>;
beforeAll(async () => {
  orgs = await createTwoOrgs();
  redis = await createRedis();
  recorder = await createRecorder(orgs);
  producer = connectRedis(redis.url);
});
afterAll(async () => {
  producer.disconnect();
  await recorder[Symbol.asyncDispose]();
  await redis[Symbol.asyncDispose]();
  await orgs[Symbol.asyncDispose]();
});

const owner = () => orgs.as(orgs.a.members.owner);

/** An org with an owner and nothing else. */
async function emptyOrg(): Promise<Context> {
  const orgId = newId();
  const slug = `o${orgId.slice(-12)}`;
  const made = await createOrg.run(orgs.as({ kind: "system", orgId }), {
    ...{ slug, name: slug, owner: { email: `${slug}@example.com`, name: "Olga" } },
  });
  const memberId = made.ownerId.replace(/^mem_(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  return orgs.as({ kind: "member", orgId, memberId, role: "owner" });
}

describe("connecting an agent", () => {
  const fields = { project: "shop", agent: "builder", starter: "claude-code-safe" } as const;

  test("makes project, starter policy, agent and a key that works, on record as one change", async () => {
    const context = owner();
    const made = await connectAgent.run(context, { ...fields, kind: "test" });
    expect(made.project).toMatchObject({ slug: "shop", captureLevel: "redacted" });
    expect(made.policy).toMatchObject({ layer: "project", liveVersion: 1 });
    expect(made.policy?.trialEndsAt).not.toBeNull();
    expect(made.agent).toMatchObject({ name: "builder", projectId: made.project.id });
    const { key } = made.key;
    expect(key).toMatch(/^ylg_test_/);
    const { requestId } = context;
    const [known, changes] = await inOrg(orgs.database, orgs.a.orgId, (transaction) =>
      Promise.all([
        transaction.agentKeyHash.count({
          where: {
            hash: { in: hashesOf(orgs.secrets.peppers, key).map((hash) => Uint8Array.from(hash)) },
          },
        }),
        transaction.change.findMany({ where: { requestId } }),
      ]),
    );
    expect(known).toBe(1);
    expect(changes.map(({ verb }) => verb)).toEqual(["onboarding.connect"]);
    expect(JSON.stringify(changes)).not.toContain(key);
  });

  test("again makes one more key and nothing else", async () => {
    const [first, second] = [
      await connectAgent.run(owner(), fields),
      await connectAgent.run(owner(), fields),
    ];
    expect(second.project).toEqual(first.project);
    expect(second.agent).toEqual(first.agent);
    expect(second.policy).toBeNull();
    expect(second.key.key).not.toBe(first.key.key);
    expect(second.key.kind).toBe("live");
  });

  test("to an agent that is archived is refused, and nothing is made", async () => {
    const made = await connectAgent.run(owner(), { project: "shop", agent: "old" });
    await archiveAgent.run(owner(), { id: made.agent.id });
    const before = await listAgentKeys.run(owner(), { agent: made.agent.id });
    const refused = connectAgent.run(owner(), { project: "shop", agent: "old" });
    await expect(refused).rejects.toMatchObject({ code: "conflict" });
    expect(await listAgentKeys.run(owner(), { agent: made.agent.id })).toEqual(before);
  });

  test("of two at the same moment leaves one project and one agent", async () => {
    const both = await Promise.allSettled(
      [1, 2].map(() => connectAgent.run(owner(), { project: "race", agent: "builder" })),
    );
    const made = both.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    expect(new Set(made.map(({ agent }) => agent.id)).size).toBe(1);
    for (const one of both) {
      if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "conflict" });
    }
  });
});

describe("what has arrived", () => {
  const since = new Date(Date.now() - 60_000).toISOString();

  test("tells a refused call's rule, and a failed call's reason, each with what mends it", async () => {
    const allowed = await recorder.admit(orgs.a);
    await recorder.settle(orgs.a, allowed.id);
    const failed = await recorder.admit(orgs.a);
    await recorder.settle(orgs.a, failed.id, { outcome: "upstream_error", status: 401 });
    const nowhere = await recorder.admit(orgs.a);
    await recorder.settle(orgs.a, nowhere.id, { outcome: "not_sent", error: "no_connector" });
    const denied = await recorder.admit(orgs.a, {
      ...{ decision: "deny", explanation: "denied by line 7 of floor" },
      ...{ status: 403, error: "denied", latencyMs: 2 },
    });
    const { calls } = await listCalls.run(owner(), { since });
    const problemIn = (id: string) => calls.find(({ record }) => record.id === id)?.problem;
    expect(problemIn(allowed.id)).toBeNull();
    expect(problemIn(denied.id)?.what).toBe("denied by line 7 of floor");
    expect(problemIn(failed.id)?.fix).toContain("rotate its credential");
    expect(problemIn(nowhere.id)?.fix).toContain("Add a connector");
  });

  test("tells of calls without a record, of this org alone", async () => {
    const unrecordedCalls = createUnrecordedCalls(producer);
    const at = Date.now();
    await unrecordedCalls.note(orgs.a.orgId, {
      ...{ requestId: `req_${"0".repeat(32)}`, at, reason: "mistyped_key", code: "invalid_key" },
      ...{ status: 401, method: "POST", path: "/v1/messages", host: "acme.localhost" },
      userAgent: null,
      key: { prefix: "ylg_live_", lastFour: "abcd", isWellFormed: false, id: null },
    });
    const seenBy = async (org: TwoOrgs["a"]) => {
      const context = { ...orgs.as(org.members.developer), unrecordedCalls };
      return (await listCalls.run(context, { since })).unrecorded;
    };
    expect(await seenBy(orgs.a)).toMatchObject([
      { reason: "mistyped_key", problem: { what: expect.stringContaining("mistyped") } },
    ]);
    expect(await seenBy(orgs.b)).toEqual([]);
  });

  test("while Redis is away still tells the calls, and that it cannot tell more", async () => {
    const away = connectRedis("redis://127.0.0.1:1");
    away.on("error", () => undefined);
    const context = { ...owner(), unrecordedCalls: createUnrecordedCalls(away) };
    const { calls, unrecorded } = await listCalls.run(context, { since });
    expect(calls.length).toBeGreaterThan(0);
    expect(unrecorded).toBeNull();
    away.disconnect();
  });
});

describe("the first steps", () => {
  test("follow from what is there", async () => {
    const context = await emptyOrg();
    const none = {
      ...{ project: false, key: false, firstCall: false, firstRefusal: false },
      ...{ ownPolicy: false, invited: false, dismissed: false },
    };
    expect(await readSteps.run(context, {})).toEqual(none);
    await connectAgent.run(context, { project: "p", agent: "a", starter: "production" });
    const connected = { ...none, project: true, key: true };
    expect(await readSteps.run(context, {})).toEqual(connected);
    await createPolicy.run(context, { name: "own", layer: "org", text: POLICY });
    expect(await readSteps.run(context, {})).toEqual({ ...connected, ownPolicy: true });
  });

  test("see calls, refusals and other members", async () => {
    const [allowed, denied] = [
      await recorder.admit(orgs.b),
      await recorder.admit(orgs.b, {
        decision: "deny",
        status: 403,
        error: "denied",
        latencyMs: 1,
      }),
    ];
    expect(allowed.id).not.toBe(denied.id);
    const steps = await readSteps.run(orgs.as(orgs.b.members.owner), {});
    expect(steps).toMatchObject({ firstCall: true, firstRefusal: true, invited: true });
  });

  test("are put away and brought back", async () => {
    for (const dismissed of [true, true, false]) {
      await dismissSteps.run(owner(), { dismissed });
      expect(await readSteps.run(owner(), {})).toMatchObject({ dismissed });
    }
  });
});

describe("the test call", () => {
  test("goes to the org's own host with a test key of the agent, which is revoked then", async () => {
    const seen: { host: string | undefined; key: string | string[] | undefined }[] = [];
    await using gateway = await startProvider((request, response) => {
      seen.push({ host: request.headers.host, key: request.headers["x-api-key"] });
      response
        .writeHead(200, { "x-yolo-request-id": `req_${"1".repeat(32)}` })
        .end('{"content":[{"type":"text","text":"hello"}]}');
    });
    const context = { ...owner(), gateway: { url: gateway.url, domain: "localhost" } };
    const result = await makeTestCall.run(context, { agentId: orgs.a.agent });
    expect(result).toEqual({ status: 200, requestId: `req_${"1".repeat(32)}`, message: "hello" });
    expect(seen).toEqual([{ host: "acme.localhost", key: expect.stringMatching(/^ylg_test_/) }]);
    const { data } = await listAgentKeys.run(owner(), { agent: orgs.a.agent });
    expect(data[0]).toMatchObject({ kind: "test", name: "Test call" });
    expect(data[0]?.revokedAt).not.toBeNull();
  });

  test("that the gateway refuses tells its words, and the key is revoked all the same", async () => {
    await using gateway = await startProvider((_request, response) => {
      response.writeHead(403).end('{"type":"error","error":{"message":"Denied by policy."}}');
    });
    const context = { ...owner(), gateway: { url: gateway.url, domain: "localhost" } };
    const result = await makeTestCall.run(context, { agentId: orgs.a.agent });
    expect(result).toMatchObject({ status: 403, message: "Denied by policy." });
    const { data } = await listAgentKeys.run(owner(), { agent: orgs.a.agent });
    expect(data.filter(({ name, revokedAt }) => name !== null && revokedAt === null)).toEqual([]);
  });

  test("to a gateway that is away says so", async () => {
    const context = { ...owner(), gateway: { url: "http://127.0.0.1:1", domain: "localhost" } };
    const result = await makeTestCall.run(context, { agentId: orgs.a.agent });
    expect(result).toMatchObject({ status: 0, message: expect.stringContaining("did not answer") });
  });

  test("of another org's agent makes no key", async () => {
    const context = { ...owner(), gateway: { url: "http://127.0.0.1:1", domain: "localhost" } };
    const refused = makeTestCall.run(context, { agentId: orgs.b.agent });
    await expect(refused).rejects.toMatchObject({ code: "not_found" });
  });
});
