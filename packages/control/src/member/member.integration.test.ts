import { systemClock } from "@yolo/core/clock";
import { encodeId } from "@yolo/core/ids";
import { inOrg } from "@yolo/store/prisma";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createTwoOrgs, type TwoOrgs } from "../../test/two-orgs.ts";
import { listAgentKeys } from "../agent-key/list.ts";
import { createApiToken } from "../api-token/create.ts";
import type { Actor } from "../context.ts";
import { addGroupMember } from "../group/add-member.ts";
import { listGroups } from "../group/list.ts";
import { createInvitation } from "../invitation/create.ts";
import { listInvitations } from "../invitation/list.ts";
import type { Role } from "../permissions.ts";
import { orgsOfPerson } from "../person/orgs.ts";
import { authenticate } from "./authenticate.ts";
import { listMembers } from "./list.ts";
import { removeMember } from "./remove.ts";
import { updateMember } from "./update.ts";

let orgs: TwoOrgs;
beforeEach(async () => {
  orgs = await createTwoOrgs();
});
afterEach(() => orgs[Symbol.asyncDispose]());

function as(role: Role) {
  return orgs.as(orgs.a.members[role]);
}

function idOf(role: Role): string {
  return encodeId("member", orgs.a.members[role].memberId);
}

async function roles(): Promise<readonly string[]> {
  const { data } = await listMembers.run(as("owner"), {});
  return data.map(({ role }) => role).sort();
}

test("members are listed with who they are, what they answer for and their groups", async () => {
  const { data, nextBefore } = await listMembers.run(as("auditor"), { limit: 4 });
  const rest = await listMembers.run(as("auditor"), { before: nextBefore ?? "" });
  const all = [...data, ...rest.data];
  expect(all).toHaveLength(6);
  expect(all.find(({ role }) => role === "owner")).toMatchObject({
    ...{ name: "Olga Owner", email: "owner@acme.com", agentKeys: 1, secondFactor: false },
  });
  expect(all.find(({ role }) => role === "approver")?.groups).toEqual([
    { id: orgs.a.group, name: "on call" },
  ]);
});

describe("roles", () => {
  test("an owner gives any, and it counts from the next request on", async () => {
    const { token } = await createApiToken.run(as("developer"), { name: "t" });
    await updateMember.run(as("owner"), { id: idOf("developer"), role: "owner" });
    const { database, secrets } = orgs;
    const actor = await authenticate({ database, secrets, clock: systemClock }, token);
    expect(actor).toMatchObject({ role: "owner" });
  });

  test("an admin gives any but owner, and touches no owner", async () => {
    const admin = as("admin");
    const given = await updateMember.run(admin, { id: idOf("auditor"), role: "admin" });
    expect(given.role).toBe("admin");
    for (const attempt of [
      () => updateMember.run(admin, { id: idOf("auditor"), role: "owner" }),
      () => updateMember.run(admin, { id: idOf("owner"), role: "billing" }),
      () => updateMember.run(admin, { id: idOf("admin"), role: "owner" }),
      () => removeMember.run(admin, { id: idOf("owner"), keysTo: idOf("admin") }),
      () => createInvitation.run(admin, { role: "owner" }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: "forbidden" });
    }
  });

  test("the change is on record, before and after, with who did it", async () => {
    const context = as("owner");
    await updateMember.run(context, { id: idOf("auditor"), role: "approver" });
    const changes = await inOrg(orgs.database, orgs.a.orgId, (transaction) =>
      transaction.change.findMany({ where: { requestId: context.requestId } }),
    );
    expect(changes).toMatchObject([
      {
        ...{ verb: "member.update", subject: idOf("auditor") },
        ...{ before: { role: "auditor" }, after: { role: "approver" } },
        memberId: orgs.a.members.owner.memberId,
      },
    ]);
  });
});

describe("the last owner", () => {
  test("neither steps down nor is removed", async () => {
    const owner = as("owner");
    const down = updateMember.run(owner, { id: idOf("owner"), role: "admin" });
    await expect(down).rejects.toMatchObject({ code: "conflict", message: /last owner/ });
    const gone = removeMember.run(owner, { id: idOf("owner"), keysTo: idOf("admin") });
    await expect(gone).rejects.toMatchObject({ code: "conflict", message: /last owner/ });
  });

  test("stays, however many step down or are removed at once", async () => {
    const owner = as("owner");
    for (const role of ["admin", "developer", "approver"] as const) {
      await updateMember.run(owner, { id: idOf(role), role: "owner" });
    }
    const owners = ["owner", "admin", "developer", "approver"] as const;
    const ended = await Promise.allSettled(
      owners.map((role, index) => {
        const context = orgs.as({ ...orgs.a.members[role], role: "owner" });
        return index % 2 === 0
          ? updateMember.run(context, { id: idOf(role), role: "auditor" })
          : removeMember.run(context, { id: idOf(role), keysTo: idOf("billing") });
      }),
    );
    expect(ended.filter(({ status }) => status === "rejected")).toHaveLength(1);
    const left = await inOrg(orgs.database, orgs.a.orgId, (transaction) =>
      transaction.member.count({ where: { role: "owner", removedAt: null } }),
    );
    expect(left).toBe(1);
  });
});

describe("removing a member", () => {
  test("ends their tokens, their membership, their groups and the invitations they sent, at once", async () => {
    const admin: Actor = orgs.a.members.admin;
    const { token } = await createApiToken.run(orgs.as(admin), { name: "t" });
    await addGroupMember.run(as("owner"), { id: orgs.a.group, memberId: idOf("admin") });
    const sent = await createInvitation.run(orgs.as(admin), { role: "developer" });
    await removeMember.run(as("owner"), { id: idOf("admin") });
    const { database, secrets } = orgs;
    const used = authenticate({ database, secrets, clock: systemClock }, token);
    await expect(used).rejects.toMatchObject({ code: "invalid_key" });
    expect(await roles()).not.toContain("admin");
    const groups = await listGroups.run(as("owner"), {});
    expect(groups.data[0]?.memberIds).not.toContain(idOf("admin"));
    const open = await listInvitations.run(as("owner"), {});
    expect(open.data.map(({ id }) => id)).not.toContain(sent.id);
    const row = await inOrg(database, orgs.a.orgId, (transaction) =>
      transaction.member.findFirstOrThrow({ where: { id: orgs.a.members.admin.memberId } }),
    );
    expect(await orgsOfPerson(database, row.personId)).toEqual([]);
  });

  test("asks who answers for their agent keys, which go on working in that member's hands", async () => {
    await updateMember.run(as("owner"), { id: idOf("admin"), role: "owner" });
    const admin = orgs.as({ ...orgs.a.members.admin, role: "owner" });
    const silent = removeMember.run(admin, { id: idOf("owner") });
    await expect(silent).rejects.toMatchObject({
      ...{ code: "conflict", message: /keysTo/ },
      facts: { agentKeys: [{ id: orgs.a.agentKey, agent: "deployer" }] },
    });
    const removed = await removeMember.run(admin, {
      ...{ id: idOf("owner"), keysTo: idOf("developer") },
    });
    expect(removed.agentKeys).toEqual([orgs.a.agentKey]);
    const { data } = await listAgentKeys.run(admin, {});
    expect(data).toMatchObject([{ memberId: idOf("developer"), revokedAt: null }]);
  });

  test("does not hand keys to a stranger, nor to whoever was removed", async () => {
    await updateMember.run(as("owner"), { id: idOf("admin"), role: "owner" });
    await removeMember.run(as("owner"), { id: idOf("auditor") });
    const theirs = encodeId("member", orgs.b.members.admin.memberId);
    for (const keysTo of [theirs, idOf("auditor")]) {
      const attempt = removeMember.run(as("owner"), { id: idOf("owner"), keysTo });
      await expect(attempt).rejects.toMatchObject({ code: "not_found" });
    }
  });

  test("makes them a stranger to every other change", async () => {
    await removeMember.run(as("owner"), { id: idOf("auditor") });
    for (const attempt of [
      () => updateMember.run(as("owner"), { id: idOf("auditor"), role: "admin" }),
      () => removeMember.run(as("owner"), { id: idOf("auditor") }),
      () => addGroupMember.run(as("owner"), { id: orgs.a.group, memberId: idOf("auditor") }),
    ]) {
      await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
    }
  });
});
