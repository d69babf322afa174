import { inOrg } from "@yolo/store/prisma";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTwoOrgs, POLICY, type TwoOrgs } from "../../test/two-orgs.ts";
import { archivePolicy } from "./archive.ts";
import { createPolicy } from "./create.ts";
import { discardPolicyDraft } from "./discard-draft.ts";
import { listPolicies } from "./list.ts";
import { previewAgent } from "./preview.ts";
import { publishPolicy } from "./publish.ts";
import { readPolicy } from "./read.ts";
import { readPolicyDraft } from "./read-draft.ts";
import { renamePolicy } from "./rename.ts";
import { savePolicyDraft } from "./save-draft.ts";

let orgs: TwoOrgs;
beforeAll(async () => {
  orgs = await createTwoOrgs();
});
afterAll(() => orgs[Symbol.asyncDispose]());

const owner = () => orgs.as(orgs.a.members.owner);
const developer = () => orgs.as(orgs.a.members.developer);
const NEXT = `${POLICY}  - deny: git:force_push\n`;

let count = 0;
async function newPolicy(): Promise<string> {
  count += 1;
  const place = { layer: "project", projectId: orgs.a.project } as const;
  const { id } = await createPolicy.run(owner(), {
    ...{ name: `written ${count}`, text: POLICY },
    ...place,
  });
  return id;
}

describe("a draft", () => {
  test("is there again for its member, with errors and all, and decides nothing", async () => {
    const id = await newPolicy();
    expect(await readPolicyDraft.run(owner(), { id })).toMatchObject({ draft: null, revision: 0 });
    const text = "rules:\n  - deni";
    const saved = await savePolicyDraft.run(owner(), { id, base: 1, revision: 0, text });
    expect(saved).toMatchObject({ base: 1, revision: 1, memberName: "Olga Owner" });
    expect(await readPolicyDraft.run(owner(), { id })).toMatchObject({
      ...{ draft: { text, base: 1, revision: 1 }, revision: 1, others: [] },
      published: { version: 1, authorName: "Olga Owner" },
    });
    expect(await readPolicy.run(owner(), { id })).toMatchObject({ text: POLICY, liveVersion: 1 });
  });

  test("that was saved on another device meanwhile is not overwritten", async () => {
    const id = await newPolicy();
    await savePolicyDraft.run(owner(), { id, base: 1, revision: 0, text: "here" });
    const elsewhere = savePolicyDraft.run(owner(), { id, base: 1, revision: 0, text: "there" });
    await expect(elsewhere).rejects.toMatchObject({ code: "conflict", facts: { revision: 1 } });
    expect(await readPolicyDraft.run(owner(), { id })).toMatchObject({ draft: { text: "here" } });
  });

  test("of ten saves at once from the same revision one wins and nine are told", async () => {
    const id = await newPolicy();
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, (_, at) =>
        savePolicyDraft.run(owner(), { id, base: 1, revision: 0, text: `device ${at}` }),
      ),
    );
    const told = tries.filter(({ status }) => status === "rejected");
    expect(told).toHaveLength(9);
    for (const one of told) expect(one).toMatchObject({ reason: { code: "conflict" } });
    expect(await readPolicyDraft.run(owner(), { id })).toMatchObject({ revision: 1 });
  });

  test("of somebody else is shown with who and when, may be read, and stays theirs", async () => {
    const id = await newPolicy();
    await savePolicyDraft.run(developer(), { id, base: 1, revision: 0, text: NEXT });
    const seen = await readPolicyDraft.run(owner(), { id });
    expect(seen).toMatchObject({
      ...{ draft: null, revision: 0 },
      others: [{ memberName: "developer", base: 1, savedAt: expect.any(String) }],
    });
    const memberId = seen.others[0]?.memberId;
    const read = await readPolicyDraft.run(owner(), { id, memberId });
    expect(read.draft).toMatchObject({ text: NEXT });
    await savePolicyDraft.run(owner(), { id, base: 1, revision: 0, text: "mine" });
    await discardPolicyDraft.run(owner(), { id });
    expect(await readPolicyDraft.run(developer(), { id })).toMatchObject({ draft: { text: NEXT } });
  });

  test("is gone once it is published, and stays when something else was", async () => {
    const id = await newPolicy();
    await savePolicyDraft.run(owner(), { id, base: 1, revision: 0, text: NEXT });
    await savePolicyDraft.run(developer(), { id, base: 1, revision: 0, text: "other" });
    await publishPolicy.run(owner(), { id, base: 1, text: NEXT, message: "m" });
    expect(await readPolicyDraft.run(owner(), { id })).toMatchObject({
      ...{ draft: null, revision: 2, published: { version: 2, message: "m" } },
    });
    const theirs = await readPolicyDraft.run(developer(), { id });
    expect(theirs).toMatchObject({ draft: { text: "other", base: 1 }, published: { version: 2 } });
    const stale = publishPolicy.run(developer(), { id, base: 1, text: POLICY, message: "stale" });
    await expect(stale).rejects.toMatchObject({ code: "conflict", status: 409 });
  });

  test("thrown away is gone; a device that has not heard of it cannot bring it back", async () => {
    const id = await newPolicy();
    await savePolicyDraft.run(owner(), { id, base: 1, revision: 0, text: "old" });
    expect(await discardPolicyDraft.run(owner(), { id })).toEqual({ discarded: true });
    expect(await discardPolicyDraft.run(owner(), { id })).toEqual({ discarded: false });
    const late = savePolicyDraft.run(owner(), { id, base: 1, revision: 1, text: "older" });
    await expect(late).rejects.toMatchObject({ code: "conflict" });
    expect(await readPolicyDraft.run(owner(), { id })).toMatchObject({ draft: null, revision: 2 });
  });

  test("names a base that was published, on a policy of the same org", async () => {
    const id = await newPolicy();
    const ahead = savePolicyDraft.run(owner(), { id, base: 2, revision: 0, text: "x" });
    await expect(ahead).rejects.toMatchObject({ code: "not_found" });
    const theirs = { id: orgs.b.policy, base: 1, revision: 0, text: "x" };
    await expect(savePolicyDraft.run(owner(), theirs)).rejects.toMatchObject({ code: "not_found" });
    const { memberId } = await savePolicyDraft.run(owner(), { ...theirs, id });
    const reader = orgs.as(orgs.b.members.owner);
    const crossing = readPolicyDraft.run(reader, { id: orgs.b.policy, memberId });
    await expect(crossing).rejects.toMatchObject({ code: "not_found" });
  });
});

test("a policy is renamed, on record; a taken name is a conflict", async () => {
  const id = await newPolicy();
  expect(await renamePolicy.run(developer(), { id, name: "web rules" })).toMatchObject({
    name: "web rules",
  });
  const [change] = await inOrg(orgs.database, orgs.a.orgId, (transaction) =>
    transaction.change.findMany({ where: { verb: "policy.rename", subject: id } }),
  );
  expect(change).toMatchObject({ after: { name: "web rules" } });
  const taken = renamePolicy.run(owner(), { id, name: "floor" });
  await expect(taken).rejects.toMatchObject({ code: "conflict" });
  const ofOrg = renamePolicy.run(developer(), { id: orgs.a.policy, name: "mine" });
  await expect(ofOrg).rejects.toMatchObject({ code: "forbidden" });
});

test("nobody is decided under an archived policy; its versions stay to be read", async () => {
  const id = await newPolicy();
  const next = `${POLICY}  - allow: mcp:call\n    on: crm/**\n`;
  await publishPolicy.run(owner(), { id, base: 1, text: next, message: "m" });
  const mayCall = async () => {
    const { data } = await previewAgent.run(owner(), { agentId: orgs.a.agent });
    return data.some(({ verb, effect }) => verb === "mcp:call" && effect === "allow");
  };
  expect(await mayCall()).toBe(true);
  expect(await archivePolicy.run(developer(), { id })).toMatchObject({
    archivedAt: expect.any(String),
  });
  expect(await mayCall()).toBe(false);
  const { data } = await listPolicies.run(owner(), {});
  expect(data.map((policy) => policy.id)).not.toContain(id);
  expect(await readPolicy.run(owner(), { id, version: 2 })).toMatchObject({ text: next });
  const publishing = publishPolicy.run(owner(), { id, base: 2, text: POLICY, message: "m" });
  await expect(publishing).rejects.toMatchObject({ code: "conflict" });
  const ofOrg = archivePolicy.run(developer(), { id: orgs.a.policy });
  await expect(ofOrg).rejects.toMatchObject({ code: "forbidden" });
});

test("the list says where each policy stands, in which mode it is and who published it", async () => {
  const { data } = await listPolicies.run(owner(), {});
  expect(data.find(({ name }) => name === "floor")).toMatchObject({
    ...{ layer: "org", mode: "enforce", projectName: null, agentName: null },
    published: { version: 1, authorName: "Olga Owner" },
  });
  const text = POLICY.replace("enforce", "evaluate");
  await createPolicy.run(owner(), {
    ...{ name: "of the agent", layer: "agent", agentId: orgs.a.agent, text },
  });
  const after = await listPolicies.run(owner(), {});
  expect(after.data.find(({ name }) => name === "of the agent")).toMatchObject({
    ...{ mode: "evaluate", projectName: "Web", agentName: "deployer" },
  });
});
