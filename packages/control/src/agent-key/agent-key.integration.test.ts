import { decodeId, encodeId } from "@yolo/core/ids";
import { tokenKind } from "@yolo/core/token-form";
import { hashToken } from "@yolo/identity/token";
import { inOrg } from "@yolo/store/prisma";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTwoOrgs, type TwoOrgs } from "../../test/two-orgs.ts";
import { archiveAgent } from "../agent/archive.ts";
import { createAgent } from "../agent/create.ts";
import { readAgent } from "../agent/read.ts";
import { createAgentKey } from "./create.ts";
import { listAgentKeys } from "./list.ts";
import { revokeAgentKey } from "./revoke.ts";

let orgs: TwoOrgs;
beforeAll(async () => {
  orgs = await createTwoOrgs();
});
afterAll(() => orgs[Symbol.asyncDispose]());

const owner = () => orgs.as(orgs.a.members.owner);

async function revision(): Promise<bigint> {
  const row = await inOrg(orgs.database, orgs.a.orgId, (transaction) =>
    transaction.revision.findFirstOrThrow(),
  );
  return row.revision;
}

test.for(["live", "test"] as const)(
  "a %s key is given once; only its hash under the current pepper is kept",
  async (kind) => {
    const made = await createAgentKey.run(owner(), { agentId: orgs.a.agent, kind });
    expect(tokenKind(made.key)).toBe(kind);
    expect(made.key.startsWith(`ylg_${kind}_`)).toBe(true);
    expect(made.lastFour).toBe(made.key.slice(-4));
    const hash = Uint8Array.from(hashToken(orgs.secrets.peppers, 2, made.key));
    const stored = await inOrg(orgs.database, orgs.a.orgId, (transaction) =>
      transaction.agentKey.findFirstOrThrow({ where: { hash } }),
    );
    expect(stored).toMatchObject({ pepper: 2, kind });
    const found = await orgs.database.agentKeyHash.findUniqueOrThrow({ where: { hash } });
    expect(found).toMatchObject({ orgId: orgs.a.orgId, keyId: stored.id });
    const listed = await listAgentKeys.run(owner(), {});
    expect(listed.data.map(({ id }) => id)).toContain(made.id);
    expect(JSON.stringify(listed)).not.toContain(made.key);
  },
);

test("who makes a key answers for it; a manager may name another member, a developer may not", async () => {
  const { developer, admin } = orgs.a.members;
  const own = await createAgentKey.run(orgs.as(developer), { agentId: orgs.a.agent });
  expect(own.memberId).toBe(encodeId("member", developer.memberId));
  const memberId = encodeId("member", developer.memberId);
  const named = await createAgentKey.run(orgs.as(admin), { agentId: orgs.a.agent, memberId });
  expect(named.memberId).toBe(memberId);
  const forOther = createAgentKey.run(orgs.as(developer), {
    agentId: orgs.a.agent,
    memberId: encodeId("member", admin.memberId),
  });
  await expect(forOther).rejects.toMatchObject({ code: "forbidden" });
});

test("the system must name the member who answers for a key", async () => {
  const nobody = createAgentKey.run(orgs.as(orgs.a.system), { agentId: orgs.a.agent });
  await expect(nobody).rejects.toMatchObject({ code: "invalid_input" });
});

test("a member of another org, or one who left, cannot answer for a key", async () => {
  const stranger = encodeId("member", orgs.b.members.owner.memberId);
  const { approver } = orgs.a.members;
  await inOrg(orgs.database, orgs.a.orgId, (transaction) =>
    transaction.member.update({
      where: { orgId_id: { orgId: orgs.a.orgId, id: approver.memberId } },
      data: { removedAt: new Date() },
    }),
  );
  for (const memberId of [stranger, encodeId("member", approver.memberId)]) {
    const made = createAgentKey.run(owner(), { agentId: orgs.a.agent, memberId });
    await expect(made).rejects.toMatchObject({ code: "not_found" });
  }
});

test("an expiry must lie in the future and is kept to the millisecond", async () => {
  const past = createAgentKey.run(owner(), {
    agentId: orgs.a.agent,
    expiresAt: "2020-01-01T00:00:00Z",
  });
  await expect(past).rejects.toMatchObject({ code: "invalid_input" });
  const made = await createAgentKey.run(owner(), {
    agentId: orgs.a.agent,
    expiresAt: "2099-01-01T01:00:00.123+01:00",
  });
  expect(made.expiresAt).toBe("2099-01-01T00:00:00.123Z");
});

test("revoking bumps the org's revision once; doing it again changes nothing", async () => {
  const { id } = await createAgentKey.run(owner(), { agentId: orgs.a.agent });
  const before = await revision();
  const revoked = await revokeAgentKey.run(owner(), { id });
  expect(revoked.revokedAt).not.toBeNull();
  expect(await revision()).toBe(before + 1n);
  const again = owner();
  expect(await revokeAgentKey.run(again, { id })).toEqual(revoked);
  expect(await revision()).toBe(before + 1n);
  const changes = await inOrg(orgs.database, orgs.a.orgId, (transaction) =>
    transaction.change.count({ where: { requestId: again.requestId } }),
  );
  expect(changes).toBe(0);
});

test("an archived agent's keys are revoked with it, and it gets no new ones", async () => {
  const agent = await createAgent.run(owner(), { projectId: orgs.a.project, name: "leaver" });
  const key = await createAgentKey.run(owner(), { agentId: agent.id });
  const archived = await archiveAgent.run(owner(), { id: agent.id });
  expect(archived.archivedAt).not.toBeNull();
  const listed = await listAgentKeys.run(owner(), { agent: agent.id });
  expect(listed.data).toMatchObject([{ id: key.id, revokedAt: archived.archivedAt }]);
  const another = createAgentKey.run(owner(), { agentId: agent.id });
  await expect(another).rejects.toMatchObject({ code: "conflict", message: /archived/ });
  expect(await archiveAgent.run(owner(), { id: agent.id })).toEqual(archived);
});

test("keys that work and keys that ended are listed apart, and counted with their agent", async () => {
  const agent = await createAgent.run(owner(), { projectId: orgs.a.project, name: "ends" });
  const make = (fields: object) => createAgentKey.run(owner(), { agentId: agent.id, ...fields });
  const later = new Date(Date.now() + 3_600_000).toISOString();
  const working = [await make({}), await make({ expiresAt: later })];
  const revoked = await make({});
  await revokeAgentKey.run(owner(), { id: revoked.id });
  const expired = await make({ expiresAt: later });
  await inOrg(orgs.database, orgs.a.orgId, (transaction) =>
    transaction.agentKey.updateMany({
      where: { lastFour: expired.lastFour, agentId: decodeId("agent", agent.id) },
      data: { expiresAt: new Date(Date.now() - 1_000) },
    }),
  );
  const listed = async (state: "working" | "ended") => {
    const { data } = await listAgentKeys.run(owner(), { agent: agent.id, state });
    return data.map(({ id }) => id).sort();
  };
  expect(await listed("working")).toEqual(working.map(({ id }) => id).sort());
  expect(await listed("ended")).toEqual([revoked.id, expired.id].sort());
  const read = await readAgent.run(owner(), { id: agent.id });
  expect(read).toMatchObject({ keys: 2, endedKeys: 2 });
});
