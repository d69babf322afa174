import { newId } from "@yolo/core/ids";
import { inOrg } from "@yolo/store/prisma";
import { unwrapDataKey } from "@yolo/store/vault";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTwoOrgs, type TwoOrgs } from "../../test/two-orgs.ts";
import { createOrg } from "./create.ts";

let orgs: TwoOrgs;
beforeAll(async () => {
  orgs = await createTwoOrgs();
});
afterAll(() => orgs[Symbol.asyncDispose]());

const OWNER = { email: "Olga@Example.com", name: "Olga" };

function found(slug: string, over: object = {}) {
  const context = orgs.as({ kind: "system", orgId: newId() });
  return createOrg.run(context, { slug, name: slug, owner: OWNER, ...over });
}

test("an org begins with its settings, a data key that opens, a revision and its owner", async () => {
  const orgId = newId();
  const context = orgs.as({ kind: "system", orgId });
  const org = await createOrg.run(context, {
    ...{ slug: "initech", name: "Initech", owner: OWNER, timeZone: "Asia/Kolkata" },
  });
  expect(org).toMatchObject({ slug: "initech", name: "Initech" });
  await inOrg(orgs.database, orgId, async (transaction) => {
    expect(await transaction.settings.findMany()).toMatchObject([
      { orgId, timeZone: "Asia/Kolkata", home: "main" },
    ]);
    expect(await transaction.member.findMany()).toMatchObject([{ orgId, role: "owner" }]);
    const [stored] = await transaction.dataKey.findMany();
    const wrapped = Buffer.from(stored?.wrapped ?? []);
    const ring = orgs.secrets.encryptionKeys;
    expect(unwrapDataKey(ring, { orgId, version: 1, kekVersion: 2, wrapped }).version).toBe(1);
    expect(await transaction.revision.count()).toBe(1);
    expect(await transaction.change.findMany()).toMatchObject([
      { verb: "org.create", subject: org.id, memberId: null, requestId: context.requestId },
    ]);
  });
});

test("a person who owns two orgs is one person", async () => {
  await found("two-a");
  await found("two-b");
  expect(await orgs.database.person.count({ where: { email: "olga@example.com" } })).toBe(1);
});

test("a taken slug is a conflict and leaves nothing behind", async () => {
  const people = await orgs.database.person.count();
  const again = found("acme", { owner: { email: "new@example.com", name: "New" } });
  await expect(again).rejects.toMatchObject({ code: "conflict", message: /slug/ });
  expect(await orgs.database.person.count()).toBe(people);
});

test("of twenty who found the same slug at once, one does", async () => {
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => found("race")));
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const one of tries) {
    if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "conflict" });
  }
});

describe("refused as invalid input", () => {
  test.for([
    ["www"],
    ["api"],
    ["ns1"],
    ["yologateway-support"],
    ["xn--80ak6aa92e"],
    ["-a"],
    ["a-"],
    ["A"],
    ["a.b"],
    ["a_b"],
    [""],
    ["a".repeat(64)],
    ["ácme"],
  ])("the slug %j", async ([slug]) => {
    await expect(found(slug ?? "")).rejects.toMatchObject({ code: "invalid_input" });
  });

  test.for([
    [{ timeZone: "Mars/Olympus" }],
    [{ timeZone: "+02:00" }],
    [{ name: "" }],
    [{ name: "two\nlines" }],
    [{ name: "a\u0000b" }],
    [{ name: "a\ud800b" }],
    [{ owner: { email: "nobody", name: "N" } }],
    [{ plan: "enterprise" }],
  ])("%j", async ([over]) => {
    await expect(found("fine", over)).rejects.toMatchObject({ code: "invalid_input" });
  });
});

test("no member may found an org through the control plane", async () => {
  const asOwner = createOrg.run(orgs.as(orgs.a.members.owner), {
    ...{ slug: "fine", name: "Fine", owner: OWNER },
  });
  await expect(asOwner).rejects.toMatchObject({ code: "forbidden" });
});
