import { encodeId, newId } from "@yolo/core/ids";
import { inOrg } from "@yolo/store/prisma";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRecorder, type Recorder } from "../../test/recorder.ts";
import { createTwoOrgs, type TwoOrgs } from "../../test/two-orgs.ts";
import type { Role } from "../permissions.ts";
import { listRecords } from "./list.ts";
import { readRecord } from "./read.ts";

let orgs: TwoOrgs;
let recorder: Recorder;
beforeAll(async () => {
  orgs = await createTwoOrgs();
  recorder = await createRecorder(orgs);
});
afterAll(async () => {
  await recorder[Symbol.asyncDispose]();
  await orgs[Symbol.asyncDispose]();
});

const REQUEST = '{"messages":[{"role":"user","content":"tell nobody 🤫"}]}';

function read(role: Role, id: string) {
  return readRecord.run(orgs.as(orgs.a.members[role]), { id });
}

test("a record says who did what for whom, why it was allowed, and how it ended", async () => {
  const { a } = orgs;
  const { id, session } = await recorder.admit(a, {
    clientSession: "tells-all",
    subagent: "sub-1",
  });
  await recorder.settle(a, id);
  const record = await read("developer", id);
  const rule = { id: "line 4", policyId: a.policy, version: 1, line: 4, effect: "allow" };
  expect(record).toEqual({
    id,
    at: expect.stringMatching(/^\d{4}-.*Z$/),
    open: false,
    surface: "llm",
    verb: "llm:invoke",
    resource: "anthropic/claude-sonnet-4-5",
    actions: [
      {
        verb: "llm:invoke",
        resource: "anthropic/claude-sonnet-4-5",
        facts: { model: "claude-sonnet-4-5" },
      },
    ],
    actionHash: "ab".repeat(32),
    decision: "allow",
    would: "allow",
    explanation: "allowed by line 4 of floor",
    rules: [rule],
    wouldRules: [rule],
    policies: [{ policyId: a.policy, version: 1 }],
    labels: ["phi"],
    findings: [],
    project: { id: a.project, slug: "web" },
    agent: { id: a.agent, name: "deployer" },
    key: { id: a.agentKey, lastFour: a.key.slice(-4) },
    user: { id: encodeId("member", a.members.owner.memberId), email: "owner@acme.com" },
    session: { id: session, clientSession: "tells-all" },
    subagent: "sub-1",
    parentSubagent: null,
    clientRef: null,
    tier: "api",
    requestBytes: 120,
    outcome: {
      outcome: "done",
      at: expect.stringMatching(/^\d{4}-.*Z$/),
      status: 200,
      error: null,
      latencyMs: 812,
      firstByteMs: 340,
      responseBytes: 4096,
      model: "claude-sonnet-4-5",
      tokens: { input: 1000, output: 50, cacheRead: 600, cacheWrite: 0, metering: "reported" },
      costMicros: 3750,
      priceTable: "list@1",
      upstreamRequestId: "req_upstream",
    },
    corrections: [],
    payloads: null,
    captureLevel: "redacted",
    costLines: null,
    ...{ previous: null, next: null, following: [] },
  });
});

test("a record without an outcome is open; a refused one is closed by its admission", async () => {
  const open = await recorder.admit(orgs.a);
  expect(await read("developer", open.id)).toMatchObject({ open: true, outcome: null });
  const denied = await recorder.admit(orgs.a, {
    ...{ decision: "deny", would: "deny", status: 403, error: "denied", latencyMs: 3 },
  });
  expect(await read("developer", denied.id)).toMatchObject({
    open: false,
    decision: "deny",
    outcome: { outcome: "refused", status: 403, error: "denied", latencyMs: 3, tokens: null },
  });
});

test("an outcome that comes late is kept beside the one that closed the record", async () => {
  const { id } = await recorder.admit(orgs.a);
  await recorder.settle(orgs.a, id, { outcome: "unknown", status: null });
  await recorder.settle(orgs.a, id, { costMicros: "9007199254740991" });
  expect(await read("developer", id)).toMatchObject({
    outcome: { outcome: "unknown" },
    corrections: [{ outcome: "done", status: 200, costMicros: 9007199254740991 }],
  });
});

test("a user who is not a member of this org is shown by the id that was proven, without an address", async () => {
  const strangers = [
    "auth0|17",
    "mem_nonsense",
    encodeId("member", orgs.b.members.owner.memberId),
    encodeId("member", newId()),
  ];
  for (const user of strangers) {
    const { id } = await recorder.admit(orgs.a, { user });
    expect((await read("owner", id)).user).toEqual({ id: user, email: null });
  }
});

describe("payloads", () => {
  test.for(["owner", "admin", "auditor"] as const)(
    "are shown to the %s, and that they were shown is on record",
    async (role) => {
      const { id } = await recorder.admit(orgs.a, { request: REQUEST });
      await recorder.settle(orgs.a, id, { reply: "hello" });
      const context = orgs.as(orgs.a.members[role]);
      const record = await readRecord.run(context, { id });
      expect(record.payloads).toMatchObject([
        { part: "request", encoding: "utf8", content: REQUEST },
        { part: "reply", encoding: "utf8", content: "hello" },
      ]);
      const changes = await inOrg(orgs.database, orgs.a.orgId, (transaction) =>
        transaction.change.findMany({ where: { requestId: context.requestId } }),
      );
      expect(changes).toMatchObject([
        { verb: "record.read", subject: id, after: { payloadsShown: ["request", "reply"] } },
      ]);
      expect(JSON.stringify(changes)).not.toContain("nobody");
    },
  );

  test.for(["developer", "approver"] as const)("are not shown to the %s", async (role) => {
    const { id } = await recorder.admit(orgs.a, { request: REQUEST });
    expect((await read(role, id)).payloads).toBeNull();
  });

  test("leave no change behind where none was captured", async () => {
    const { id } = await recorder.admit(orgs.a);
    const context = orgs.as(orgs.a.members.owner);
    expect((await readRecord.run(context, { id })).payloads).toEqual([]);
    const changes = await inOrg(orgs.database, orgs.a.orgId, (transaction) =>
      transaction.change.count({ where: { requestId: context.requestId } }),
    );
    expect(changes).toBe(0);
  });
});

describe("a list", () => {
  test("gives each record once, newest first, also while new ones arrive", async () => {
    const session = { clientSession: "paged" };
    const made: string[] = [];
    for (let index = 0; index < 7; index++) made.push((await recorder.admit(orgs.a, session)).id);
    const seen: string[] = [];
    let before: string | null | undefined;
    do {
      const page = await listRecords.run(orgs.as(orgs.a.members.developer), {
        ...{ session: "paged", limit: 3 },
        ...(typeof before === "string" && { before }),
      });
      seen.push(...page.data.map(({ id }) => id));
      before = page.nextBefore;
      await recorder.admit(orgs.a, session);
    } while (before !== null);
    expect(seen).toEqual(made.reverse());
  });

  test("of one session is found by our id and by the client's own", async () => {
    const { id, session } = await recorder.admit(orgs.a, { clientSession: "ses_of-the-client" });
    for (const named of [session, "ses_of-the-client"]) {
      const page = await listRecords.run(orgs.as(orgs.a.members.developer), { session: named });
      expect(page.data.map((record) => record.id)).toEqual([id]);
    }
    const none = await listRecords.run(orgs.as(orgs.a.members.developer), { session: "no such" });
    expect(none).toEqual({ data: [], nextBefore: null, nextAfter: null });
  });

  test("of another org's session is empty, by either name", async () => {
    const { session } = await recorder.admit(orgs.b, { clientSession: "b-only", request: REQUEST });
    for (const named of [session, "b-only"]) {
      const page = await listRecords.run(orgs.as(orgs.a.members.owner), { session: named });
      expect(page.data).toEqual([]);
    }
  });

  test.for([0, 201, -1, 1.5, "x"])("of %j records is invalid input", async (limit) => {
    const list = listRecords.run(orgs.as(orgs.a.members.owner), { limit });
    await expect(list).rejects.toMatchObject({ code: "invalid_input" });
  });
});

test("another org's record does not exist", async () => {
  const { id } = await recorder.admit(orgs.b);
  await expect(read("owner", id)).rejects.toMatchObject({ code: "not_found" });
  const missing = encodeId("record", newId());
  const [theirs, nobodys] = await Promise.allSettled([read("owner", id), read("owner", missing)]);
  expect(theirs).toMatchObject({ reason: { message: expect.any(String) } });
  if (theirs.status === "rejected" && nobodys.status === "rejected") {
    expect(theirs.reason.message).toBe(nobodys.reason.message);
  }
});
