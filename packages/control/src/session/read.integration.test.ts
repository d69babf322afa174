import { encodeId } from "@yolo/core/ids";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createRecorder, type Recorder } from "../../test/recorder.ts";
import { createTwoOrgs, type TwoOrgs } from "../../test/two-orgs.ts";
import { listChanges } from "../change/list.ts";
import { readRecord } from "../record/read.ts";
import { search } from "../search/search.ts";
import { listSessions } from "./list.ts";
import { readSession } from "./read.ts";
import { readSessionTurns } from "./turns.ts";

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
const as = (role: keyof TwoOrgs["a"]["members"]) => orgs.as(orgs.a.members[role]);

const TURNS = {
  v: 1,
  messages: [
    { role: "user", content: "list <script>alert(1)</script>" },
    {
      role: "user",
      content: [
        { type: "tool_result", tool_use_id: "toolu_1", content: [{ type: "text", text: "a" }] },
      ],
    },
    { role: "user", content: [{ type: "image", source: { data: "…" } }] },
  ],
};
const REQUEST = JSON.stringify({ v: 1, args: [{}], body: TURNS });
const REPLY = JSON.stringify({
  role: "assistant",
  content: [
    { type: "thinking", thinking: "hm", signature: "s" },
    { type: "text", text: "I will." },
    { type: "tool_use", id: "toolu_2", name: "Bash", input: { command: "ls" } },
  ],
});

/** A run of `count` calls, the second refused. */
async function run(clientSession: string, count: number) {
  const ids: string[] = [];
  let session = "";
  for (let at = 0; at < count; at++) {
    const refused = at === 1 && {
      ...{ decision: "deny", would: "deny", status: 403, error: "denied", latencyMs: 1 },
    };
    const made = await recorder.admit(orgs.a, {
      ...{ clientSession, request: REQUEST },
      ...(refused as object),
    });
    if (!refused) await recorder.settle(orgs.a, made.id, { reply: REPLY });
    ids.push(made.id);
    session = made.session;
  }
  return { ids, session };
}

test("a run is read in order, page by page, with its sums", async () => {
  const { ids, session } = await run("7e110000-run", 5);
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const input = { id: session, limit: 2, ...(after !== null && { after }) };
    const page: Awaited<ReturnType<typeof readSession.run>> = await readSession.run(
      as("developer"),
      input,
    );
    expect(page.session).toMatchObject({
      ...{ records: 5, refused: 1, open: 0, active: true, costMicros: 4 * 3750 },
      ...{ inputTokens: 4_000, outputTokens: 200 },
    });
    seen.push(...page.events.map(({ id }) => id));
    after = page.nextAfter;
  } while (after !== null);
  expect(seen).toEqual(ids);
});

test("a session is found by our id, the client's, and the first eight digits of either", async () => {
  const { session } = await run("abcdef12-3456-7890", 1);
  const digits = session.slice(4, 12);
  for (const id of [
    session,
    "abcdef12-3456-7890",
    "abcdef12",
    "ABCDEF12",
    digits,
    `ses_${digits}`,
  ]) {
    const page = await readSession.run(as("developer"), { id });
    expect(page.session.id).toBe(session);
    const { data } = await listSessions.run(as("developer"), { session: id });
    expect(data.map((one) => one.id)).toEqual([session]);
  }
  for (const id of ["abcdef1", "abcdef13", "%", "ses_zzzzzzzz"]) {
    await expect(readSession.run(as("developer"), { id })).rejects.toMatchObject({
      code: "not_found",
    });
  }
});

test("a beginning that several sessions share is answered with them, not with one of them", async () => {
  const both = [await run("5a5a5a5a-1", 1), await run("5a5a5a5a-2", 1)];
  const asked = readSession.run(as("owner"), { id: "5a5a5a5a" });
  await expect(asked).rejects.toMatchObject({
    code: "conflict",
    facts: { sessions: both.map(({ session }) => session).reverse() },
  });
});

test("what it did next stands on each record of a session", async () => {
  const { ids } = await run("next", 4);
  const [first, second, third, fourth] = ids;
  const at = (id: string | undefined) => readRecord.run(as("developer"), { id: id ?? "" });
  expect(await at(first)).toMatchObject({ previous: null, next: second });
  expect(await at(second)).toMatchObject({
    ...{ previous: first, next: third, decision: "deny" },
    following: [{ id: third }, { id: fourth }],
  });
  expect(await at(fourth)).toMatchObject({ previous: third, next: null, following: [] });
});

test("what was said is given as turns, and that it was shown is on record", async () => {
  const { ids, session } = await run("said", 2);
  const said = await readSessionTurns.run(as("auditor"), { id: session, records: ids.join(",") });
  expect(said.data.map(({ id }) => id)).toEqual(ids);
  expect(said.data[0]?.request).toEqual([
    {
      role: "user",
      blocks: [{ type: "text", text: "list <script>alert(1)</script>", cut: false }],
    },
    {
      role: "user",
      blocks: [{ type: "tool_result", id: "toolu_1", isError: false, text: "a", cut: false }],
    },
    { role: "user", blocks: [expect.objectContaining({ type: "other" })] },
  ]);
  expect(said.data[0]?.reply?.[0]?.blocks.map(({ type }) => type)).toEqual([
    ...["thinking", "text", "tool_use"],
  ]);
  const { data } = await listChanges.run(as("owner"), { subject: session });
  expect(data).toMatchObject([
    { verb: "session.read-turns", before: null, after: { payloadsShown: ids } },
  ]);
  await expect(
    readSessionTurns.run(as("developer"), { id: session, records: ids.join(",") }),
  ).rejects.toMatchObject({ code: "forbidden" });
  const foreign = await recorder.admit(orgs.b, { request: REQUEST });
  const others = await readSessionTurns.run(as("owner"), { id: session, records: foreign.id });
  expect(others.data).toEqual([]);
});

test("sessions are filtered by agent, project, state and start", async () => {
  const { session } = await run("filtered", 1);
  const ids = async (filters: object) =>
    (await listSessions.run(as("owner"), { ...filters, limit: 200 })).data.map(({ id }) => id);
  for (const filters of [
    { agent: "deployer" },
    { project: "web" },
    { state: "active" },
    { since: "1h" },
  ]) {
    expect(await ids(filters)).toContain(session);
  }
  for (const filters of [{ agent: "x" }, { project: "x" }, { state: "quiet" }, { until: "1h" }]) {
    expect(await ids(filters)).toEqual([]);
  }
});

test("anything is found by its id, its beginning and its name, by those who may see it", async () => {
  const { ids, session } = await run("found-by-search", 1);
  const kinds = async (text: string, role: keyof TwoOrgs["a"]["members"] = "owner") =>
    (await search.run(as(role), { text })).data.map(({ kind, id }) => `${kind} ${id}`);
  expect(await kinds(session)).toEqual([`session ${session}`]);
  expect(await kinds(session.slice(4, 12))).toContain(`session ${session}`);
  expect(await kinds("found-by")).toEqual([`session ${session}`]);
  expect(await kinds(ids[0] ?? "")).toEqual([`record ${ids[0]}`]);
  expect(await kinds("DEPLOY")).toEqual([`agent ${orgs.a.agent}`]);
  expect(await kinds("floor")).toEqual([`policy ${orgs.a.policy}`]);
  const owner = encodeId("member", orgs.a.members.owner.memberId);
  expect(await kinds("owner@acme")).toEqual([`member ${owner}`]);
  expect(await kinds("owner@globex")).toEqual([]);
  expect(await kinds(orgs.b.agent)).toEqual([]);
  const { data } = await listChanges.run(as("owner"), { verb: "agent.create" });
  const change = data[0]?.id ?? "";
  expect(await kinds(change)).toEqual([`change ${change}`]);
  expect(await kinds(change, "developer")).toEqual([]);
});
