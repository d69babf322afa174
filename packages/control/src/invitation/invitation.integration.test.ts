import { encodeId, newId } from "@yolo/core/ids";
import { inOrg } from "@yolo/store/prisma";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTwoOrgs, type TwoOrgs } from "../../test/two-orgs.ts";
import type { InvitationMail } from "../context.ts";
import { removeMember } from "../member/remove.ts";
import { orgsOfPerson } from "../person/orgs.ts";
import { createInvitation } from "./create.ts";
import { listInvitations } from "./list.ts";
import { acceptInvitation, type Guest, readOffer } from "./open.ts";
import { renewInvitation } from "./renew.ts";
import { revokeInvitation } from "./revoke.ts";

let orgs: TwoOrgs;
const mails: InvitationMail[] = [];
beforeAll(async () => {
  orgs = await createTwoOrgs();
});
afterAll(() => orgs[Symbol.asyncDispose]());

function inviter() {
  return {
    ...orgs.as(orgs.a.members.owner),
    mailInvitation: (mail: InvitationMail) => void mails.push(mail),
  };
}

/** What accepts, at a moment. */
function desk(at = Date.now()) {
  const { database, secrets } = orgs;
  const clock = { now: () => at, monotonicMs: () => at };
  return { database, secrets, clock, requestId: encodeId("apiRequest", newId()) };
}

let count = 0;
async function guest(): Promise<Guest> {
  count += 1;
  const email = `guest${count}@example.com`;
  const person = await orgs.database.person.create({ data: { id: newId(), email, name: "G" } });
  return { personId: person.id, email };
}

test("an invitation by mail is written to its address, with the link that opens it", async () => {
  const { email } = await guest();
  const made = await createInvitation.run(inviter(), { role: "approver", email });
  expect(mails.at(-1)).toEqual({
    ...{ to: email, org: "acme", inviter: "Olga Owner", role: "approver", token: made.token },
  });
  expect(await readOffer(desk(), made.token)).toMatchObject({
    ...{ org: { slug: "acme", name: "acme" }, role: "approver", email, inviter: "Olga Owner" },
  });
});

test("whoever accepts is a member with the role offered, and stands on record as who did it", async () => {
  const person = await guest();
  const made = await createInvitation.run(inviter(), { role: "approver", email: person.email });
  const context = desk();
  expect(await acceptInvitation(context, person, made.token)).toEqual({ slug: "acme" });
  const [mine] = await orgsOfPerson(orgs.database, person.personId);
  expect(mine).toMatchObject({ slug: "acme", role: "approver" });
  const changes = await inOrg(orgs.database, orgs.a.orgId, (transaction) =>
    transaction.change.findMany({ where: { requestId: context.requestId } }),
  );
  expect(changes).toMatchObject([
    { verb: "invitation.accept", subject: made.id, memberId: mine?.memberId },
  ]);
});

describe("the link", () => {
  test("of an invitation by mail works for that address alone", async () => {
    const [invited, other] = [await guest(), await guest()];
    const made = await createInvitation.run(inviter(), { role: "admin", email: invited.email });
    const stolen = acceptInvitation(desk(), other, made.token);
    await expect(stolen).rejects.toMatchObject({ code: "forbidden" });
    expect(await orgsOfPerson(orgs.database, other.personId)).toEqual([]);
    await acceptInvitation(desk(), invited, made.token);
  });

  test("works once, also when ten come with it at the same moment", async () => {
    const made = await createInvitation.run(inviter(), { role: "developer" });
    const guests = await Promise.all(Array.from({ length: 10 }, guest));
    const tries = await Promise.allSettled(
      guests.map((one) => acceptInvitation(desk(), one, made.token)),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const members = await Promise.all(
      guests.map(({ personId }) => orgsOfPerson(orgs.database, personId)),
    );
    expect(members.filter((mine) => mine.length > 0)).toHaveLength(1);
  });

  test("ends after seven days, when it is revoked, and when it is sent again", async () => {
    const person = await guest();
    const day = 24 * 3600 * 1000;
    const old = await createInvitation.run(inviter(), { role: "developer" });
    const late = desk(Date.now() + 7 * day + 1000);
    expect(await readOffer(late, old.token)).toBeUndefined();
    expect(await readOffer(desk(Date.now() + 6 * day), old.token)).toBeDefined();
    const renewed = await renewInvitation.run(inviter(), { id: old.id });
    const revoked = await createInvitation.run(inviter(), { role: "developer" });
    await revokeInvitation.run(inviter(), { id: revoked.id });
    for (const [context, token] of [
      [late, renewed.token],
      [desk(), old.token],
      [desk(), revoked.token],
      [desk(), ""],
      [desk(), "made-up"],
    ] as const) {
      const attempt = acceptInvitation(context, person, token);
      await expect(attempt).rejects.toMatchObject({ code: "link_ended" });
    }
    expect(await acceptInvitation(desk(), person, renewed.token)).toEqual({ slug: "acme" });
  });

  test("is stored nowhere: not in the invitation, not on record, not in the list", async () => {
    const { token } = await createInvitation.run(inviter(), { role: "developer" });
    const stored = await inOrg(orgs.database, orgs.a.orgId, async (transaction) => ({
      invitations: await transaction.invitation.findMany(),
      changes: await transaction.change.findMany(),
    }));
    const shown = await listInvitations.run(inviter(), {});
    expect(JSON.stringify([stored, shown])).not.toContain(token);
  });
});

test("a member cannot be invited or join again, an address is invited once at a time", async () => {
  const person = await guest();
  const made = await createInvitation.run(inviter(), { role: "developer", email: person.email });
  const twice = createInvitation.run(inviter(), { role: "admin", email: person.email });
  await expect(twice).rejects.toMatchObject({ code: "conflict", message: /invited already/ });
  await acceptInvitation(desk(), person, made.token);
  const member = createInvitation.run(inviter(), { role: "admin", email: person.email });
  await expect(member).rejects.toMatchObject({ code: "conflict", message: /member already/ });
  const link = await createInvitation.run(inviter(), { role: "admin" });
  const again = acceptInvitation(desk(), person, link.token);
  await expect(again).rejects.toMatchObject({ code: "conflict", message: /member/ });
});

test("whoever was removed comes back by a new invitation, with its role and none of their old tokens", async () => {
  const person = await guest();
  const first = await createInvitation.run(inviter(), { role: "developer", email: person.email });
  await acceptInvitation(desk(), person, first.token);
  const [mine] = await orgsOfPerson(orgs.database, person.personId);
  const id = encodeId("member", mine?.memberId ?? "");
  await removeMember.run(inviter(), { id });
  const second = await createInvitation.run(inviter(), { role: "auditor", email: person.email });
  await acceptInvitation(desk(), person, second.token);
  const [back] = await orgsOfPerson(orgs.database, person.personId);
  expect(back).toEqual({ ...mine, role: "auditor" });
});
