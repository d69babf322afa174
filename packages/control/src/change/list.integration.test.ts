import { encodeId } from "@yolo/core/ids";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createRecorder } from "../../test/recorder.ts";
import { createTwoOrgs, type TwoOrgs } from "../../test/two-orgs.ts";
import { createAgent } from "../agent/create.ts";
import { createProject } from "../project/create.ts";
import { readRecord } from "../record/read.ts";
import { readSessionTurns } from "../session/turns.ts";
import { countChanges } from "./count.ts";
import { listChanges } from "./list.ts";

let orgs: TwoOrgs;
beforeAll(async () => {
  orgs = await createTwoOrgs();
});
afterAll(async () => {
  await orgs[Symbol.asyncDispose]();
});
const as = (role: keyof TwoOrgs["a"]["members"]) => orgs.as(orgs.a.members[role]);

async function verbs(filters: object): Promise<string[]> {
  const { data } = await listChanges.run(as("auditor"), { ...filters, limit: 200 });
  return data.map(({ verb }) => verb);
}

test("a change says who did what to what, before and after", async () => {
  const context = as("developer");
  const agent = await createAgent.run(context, { projectId: orgs.a.project, name: "told" });
  const { data } = await listChanges.run(as("owner"), { subject: agent.id });
  expect(data).toEqual([
    {
      id: expect.stringMatching(/^chg_[0-9a-f]{32}$/),
      at: expect.any(String),
      member: {
        id: encodeId("member", orgs.a.members.developer.memberId),
        ...{ email: expect.stringContaining("developer"), name: "developer" },
      },
      ...{ verb: "agent.create", subject: agent.id, before: null },
      after: expect.objectContaining({ name: "told" }),
      requestId: context.requestId,
    },
  ]);
});

test("changes are found by member, verb, request and time", async () => {
  const context = as("developer");
  await createProject.run(context, { slug: "filters", name: "Filters" });
  const { data: all } = await listChanges.run(as("owner"), { limit: 200 });
  const email = all[0]?.member?.email ?? "";
  const member = all[0]?.member?.id ?? "";
  expect(await verbs({ member: email.toUpperCase() })).toContain("project.create");
  expect(await verbs({ member })).toContain("project.create");
  expect(await verbs({ member: "system" })).toEqual(["org.create"]);
  expect(await verbs({ member: "mem_nonsense" })).toEqual([]);
  expect(await verbs({ member: encodeId("member", orgs.b.members.owner.memberId) })).toEqual([]);
  expect(new Set(await verbs({ verb: "project" }))).toEqual(new Set(["project.create"]));
  expect(await verbs({ verb: "projec" })).toEqual([]);
  expect(new Set(await verbs({ verb: "*.create" })).has("connector.add")).toBe(false);
  expect(await verbs({ request: context.requestId })).toEqual(["project.create"]);
  expect((await verbs({ since: "1h" })).length).toBe(all.length);
  expect(await verbs({ until: "1h" })).toEqual([]);
});

test("views of payloads stand apart from changes, and each is counted as it is listed", async () => {
  await using recorder = await createRecorder(orgs);
  const { id, session } = await recorder.admit(orgs.a, { request: '{"model":"m","messages":[]}' });
  await readRecord.run(as("auditor"), { id });
  await readSessionTurns.run(as("auditor"), { id: session, records: id });
  expect(await verbs({ kind: "view" })).toEqual(["session.read-turns", "record.read"]);
  const changes = await verbs({ kind: "change" });
  expect(changes).not.toContain("record.read");
  expect([...changes, "session.read-turns", "record.read"].sort()).toEqual(
    (await verbs({})).sort(),
  );
  const { byKind } = await countChanges.run(as("auditor"), {});
  expect(byKind).toEqual({
    change: { total: changes.length, isExact: true },
    view: { total: 2, isExact: true },
  });
  const own = await countChanges.run(as("auditor"), { member: "system", since: "1h" });
  expect(own.byKind).toMatchObject({ change: { total: 1 }, view: { total: 0 } });
});

test("pages give each change once, newest first", async () => {
  const { data: all } = await listChanges.run(as("owner"), { limit: 200 });
  const seen: string[] = [];
  let before: string | null = null;
  do {
    const input = { limit: 3, ...(before !== null && { before }) };
    const page: Awaited<ReturnType<typeof listChanges.run>> = await listChanges.run(
      as("owner"),
      input,
    );
    seen.push(...page.data.map(({ id }) => id));
    before = page.nextBefore;
  } while (before !== null);
  expect(seen).toEqual(all.map(({ id }) => id));
});

test.for(["developer", "approver", "billing"] as const)("is not for the %s", async (role) => {
  await expect(listChanges.run(as(role), {})).rejects.toMatchObject({ code: "forbidden" });
});
