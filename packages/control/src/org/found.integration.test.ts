import { encodeId, newId } from "@yolo/core/ids";
import { inOrg } from "@yolo/store/prisma";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTwoOrgs, type TwoOrgs } from "../../test/two-orgs.ts";
import { orgsOfPerson } from "../person/orgs.ts";
import { foundOrg, slugProblem } from "./found.ts";
import { updateOrg } from "./update.ts";

let orgs: TwoOrgs;
beforeAll(async () => {
  orgs = await createTwoOrgs();
});
afterAll(() => orgs[Symbol.asyncDispose]());

function desk() {
  const { actor: _, ...context } = orgs.as(orgs.a.system);
  return { ...context, requestId: encodeId("apiRequest", newId()) };
}

async function somebody(email: string): Promise<string> {
  const id = newId();
  await orgs.database.person.create({ data: { id, email, name: "Fay Founder" } });
  return id;
}

test("who founds an org is its owner, and it stands on record in their name", async () => {
  const personId = await somebody("fay@example.com");
  const context = desk();
  const org = { slug: "umbrella", name: "Umbrella", timeZone: "Asia/Kolkata" };
  await foundOrg(context, personId, org);
  const [mine] = await orgsOfPerson(orgs.database, personId);
  expect(mine).toMatchObject({ slug: "umbrella", role: "owner" });
  const changes = await inOrg(orgs.database, mine?.orgId ?? "", (transaction) =>
    transaction.change.findMany(),
  );
  expect(changes).toMatchObject([
    {
      ...{ verb: "org.create", memberId: mine?.memberId, requestId: context.requestId },
      after: { ownerEmail: "fay@example.com", timeZone: "Asia/Kolkata" },
    },
  ]);
});

test("one person owns ten orgs at most, however many they found at once", async () => {
  const personId = await somebody("greedy@example.com");
  const tries = await Promise.allSettled(
    Array.from({ length: 12 }, (_, index) =>
      foundOrg(desk(), personId, { slug: `greedy-${index}`, name: "G" }),
    ),
  );
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
  expect(await orgsOfPerson(orgs.database, personId)).toHaveLength(10);
});

test("a slug that is taken, reserved or none says so before anybody founds with it", async () => {
  const { database } = orgs;
  expect(await slugProblem(database, "free-one")).toBeUndefined();
  expect(await slugProblem(database, "acme")).toMatch(/taken/);
  expect(await slugProblem(database, "account")).toMatch(/reserved/);
  for (const slug of ["", "UPPER", "-a", "a b", "x".repeat(64)]) {
    expect(await slugProblem(database, slug)).toMatch(/Lower-case/);
  }
});

test("name and time zone change with a record of before and after; the slug never does", async () => {
  const context = orgs.as(orgs.a.members.admin);
  const org = await updateOrg.run(context, { name: "Acme Ltd", timeZone: "Europe/Berlin" });
  expect(org).toMatchObject({ slug: "acme", name: "Acme Ltd", timeZone: "Europe/Berlin" });
  for (const input of [{}, { timeZone: "+01:00" }, { slug: "other" }]) {
    await expect(updateOrg.run(context, input)).rejects.toMatchObject({ code: "invalid_input" });
  }
  const changes = await inOrg(orgs.database, orgs.a.orgId, (transaction) =>
    transaction.change.findMany({ where: { verb: "org.update" } }),
  );
  expect(changes).toMatchObject([{ before: { name: "acme" }, after: { name: "Acme Ltd" } }]);
});
