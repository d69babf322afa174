import { encodeId, newId } from "@yolo/core/ids";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createRecorder, type Recorder } from "../../test/recorder.ts";
import { createTwoOrgs, type TwoOrgs } from "../../test/two-orgs.ts";
import { listSessions } from "./list.ts";

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

const owner = () => orgs.as(orgs.a.members.owner);

test("a session sums up its records: how many, how many refused, what they cost", async () => {
  const clientSession = "sums";
  const { session, id } = await recorder.admit(orgs.a, { clientSession });
  await recorder.settle(orgs.a, id, { costMicros: "1500" });
  const second = await recorder.admit(orgs.a, { clientSession });
  await recorder.settle(orgs.a, second.id, { costMicros: "250" });
  await recorder.admit(orgs.a, {
    ...{ clientSession, decision: "deny", status: 403, error: "denied" },
  });
  const { data } = await listSessions.run(owner(), { session: clientSession });
  expect(data).toEqual([
    {
      id: session,
      clientSession,
      projectId: orgs.a.project,
      agent: { id: orgs.a.agent, name: "deployer" },
      startedAt: expect.any(String),
      lastAt: expect.any(String),
      ...{ active: true, open: 0, inputTokens: 2000, outputTokens: 100 },
      records: 3,
      refused: 1,
      costMicros: 1750,
    },
  ]);
  const [byOurs] = (await listSessions.run(owner(), { session })).data;
  expect(byOurs).toEqual(data[0]);
});

test("pages give each session once, by its start, newest first", async () => {
  const made: string[] = [];
  for (let index = 0; index < 5; index++) {
    const { session } = await recorder.admit(orgs.a, { clientSession: `page-${index}` });
    made.push(session);
  }
  const seen: string[] = [];
  let before: string | null | undefined;
  do {
    const page = await listSessions.run(owner(), {
      ...(typeof before === "string" && { before }),
      limit: 2,
    });
    seen.push(...page.data.map(({ id }) => id));
    before = page.nextBefore;
  } while (before !== null);
  expect(seen.filter((id) => made.includes(id))).toEqual(made.reverse());
  expect(new Set(seen).size).toBe(seen.length);
});

test("the same client id in another org is another session, which is not shown", async () => {
  const { session } = await recorder.admit(orgs.b, { clientSession: "shared" });
  const { session: own } = await recorder.admit(orgs.a, { clientSession: "shared" });
  expect(own).not.toBe(session);
  const { data } = await listSessions.run(owner(), { session: "shared" });
  expect(data.map(({ id }) => id)).toEqual([own]);
  for (const before of [session, encodeId("session", newId())]) {
    const page = listSessions.run(owner(), { before });
    await expect(page).rejects.toMatchObject({ code: "not_found" });
  }
});
