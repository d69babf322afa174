import { randomUUID } from "node:crypto";
import { inOrg } from "@yolo/store/prisma";
import { connectSql, type Sql } from "@yolo/store/sql";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { createTwoOrgs, type TwoOrgs } from "../test/two-orgs.ts";
import { createAgentKey } from "./agent-key/create.ts";
import { listAgentKeys } from "./agent-key/list.ts";
import type { Context } from "./context.ts";
import { createProject } from "./project/create.ts";
import { listProjects } from "./project/list.ts";
import { verb } from "./verb.ts";

let orgs: TwoOrgs;
let superuser: Sql;
beforeAll(async () => {
  orgs = await createTwoOrgs();
  const timeouts = { statementTimeoutMs: 5_000, lockTimeoutMs: 5_000 };
  superuser = connectSql(orgs.urls.ownerUrl, { name: "test", connections: 1, ...timeouts });
});
afterAll(async () => {
  await superuser.end();
  await orgs[Symbol.asyncDispose]();
});

/** A request of the owner's under this key; `replayed` says whether the answer was one of before. */
function under(key: string, member = orgs.a.members.owner): Context & { replayed(): boolean } {
  let replayed = false;
  const onReplay = () => {
    replayed = true;
  };
  return { ...orgs.as(member), idempotency: { key, onReplay }, replayed: () => replayed };
}

async function slugs(): Promise<readonly string[]> {
  return (await listProjects.run(orgs.as(orgs.a.members.owner), {})).data.map(({ slug }) => slug);
}

test("the same request under the same key is done once and answered alike; the order of its fields is none of it", async () => {
  const key = randomUUID();
  const first = under(key);
  const made = await createProject.run(first, { slug: "once", name: "Once" });
  const second = under(key);
  expect(await createProject.run(second, { name: "Once", slug: "once" })).toEqual(made);
  expect([first.replayed(), second.replayed()]).toEqual([false, true]);
  expect((await slugs()).filter((slug) => slug === "once")).toHaveLength(1);
  const changes = await inOrg(orgs.database, orgs.a.orgId, (transaction) =>
    transaction.change.count({ where: { subject: made.id } }),
  );
  expect(changes).toBe(1);
});

test("the same key with another input or another verb is refused and does nothing", async () => {
  const key = randomUUID();
  await createProject.run(under(key), { slug: "first", name: "First" });
  const other = createProject.run(under(key), { slug: "second", name: "Second" });
  await expect(other).rejects.toMatchObject({ code: "idempotency_key_reused", status: 422 });
  const elsewhere = createAgentKey.run(under(key), { agentId: orgs.a.agent });
  await expect(elsewhere).rejects.toMatchObject({ code: "idempotency_key_reused" });
  expect(await slugs()).not.toContain("second");
});

test("keys are a member's own: another member's request under the same key is done", async () => {
  const key = randomUUID();
  const [mine, theirs] = [under(key), under(key, orgs.a.members.admin)];
  await createProject.run(mine, { slug: "mine", name: "N" });
  await createProject.run(theirs, { slug: "theirs", name: "N" });
  await createProject.run(under(key, orgs.b.members.owner), { slug: "mine", name: "N" });
  expect(await slugs()).toEqual(expect.arrayContaining(["mine", "theirs"]));
});

test("what failed is not kept: neither a wrong input, nor a conflict, nor a missing permission", async () => {
  const key = randomUUID();
  const wrong = createProject.run(under(key), { slug: "NOT A SLUG", name: "N" });
  await expect(wrong).rejects.toMatchObject({ code: "invalid_input" });
  const taken = createProject.run(under(key), { slug: "web", name: "N" });
  await expect(taken).rejects.toMatchObject({ code: "conflict", message: /slug/ });
  const right = under(key);
  expect((await createProject.run(right, { slug: "right", name: "N" })).slug).toBe("right");
  expect(right.replayed()).toBe(false);
});

test("who lost the permission is refused what they did when they held it", async () => {
  const key = randomUUID();
  const input = { slug: "promoted", name: "N" };
  await createProject.run(under(key), input);
  const demoted = { ...orgs.a.members.owner, role: "auditor" } as const;
  await expect(createProject.run(under(key, demoted), input)).rejects.toMatchObject({
    code: "forbidden",
  });
});

test("of many at once exactly one does it; the others are told to wait or given its answer", async () => {
  const key = randomUUID();
  const contexts = Array.from({ length: 20 }, () => under(key));
  const answers = await Promise.all(
    contexts.map((context) =>
      createAgentKey
        .run(context, { agentId: orgs.a.agent, name: "raced" })
        .catch((error: unknown) => error),
    ),
  );
  const made = answers.filter((answer) => !(answer instanceof Error));
  expect(new Set(made.map((answer) => JSON.stringify(answer))).size).toBe(1);
  for (const refused of answers.filter((answer) => answer instanceof Error)) {
    expect(refused).toMatchObject({ code: "conflict", retryAfterSeconds: 1, message: /Wait/ });
  }
  const { data } = await listAgentKeys.run(orgs.as(orgs.a.members.owner), {});
  expect(data.filter(({ name }) => name === "raced")).toHaveLength(1);
});

test("a twin that comes while the first is at work is told to wait, and gets the answer afterwards", async () => {
  const [entered, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const slow = verb({
    ...{ name: "test.slow", permission: "projects:write" },
    ...{ input: z.strictObject({}), output: z.strictObject({ at: z.int() }) },
    async run() {
      entered.resolve();
      await release.promise;
      return { result: { at: 1 }, change: null };
    },
  });
  const key = randomUUID();
  const first = slow.run(under(key), {});
  await entered.promise;
  await expect(slow.run(under(key), {})).rejects.toMatchObject({ code: "conflict" });
  release.resolve();
  await first;
  const again = under(key);
  expect(await slow.run(again, {})).toEqual({ at: 1 });
  expect(again.replayed()).toBe(true);
});

test("a change that cannot commit leaves no answer behind: the next one does it", async () => {
  const key = randomUUID();
  let tries = 0;
  const flaky = verb({
    ...{ name: "test.flaky", permission: "projects:write" },
    ...{ input: z.strictObject({}), output: z.strictObject({ tries: z.int() }) },
    async run({ transaction, orgId }) {
      tries += 1;
      if (tries === 1) await transaction.$queryRaw`SELECT 1 / 0 FROM org.projects`;
      const count = await transaction.project.count({ where: { orgId } });
      return { result: { tries: count > 0 ? tries : 0 }, change: null };
    },
  });
  await expect(flaky.run(under(key), {})).rejects.toThrow();
  expect(await flaky.run(under(key), {})).toEqual({ tries: 2 });
  expect(await flaky.run(under(key), {})).toEqual({ tries: 2 });
});

test("a secret that is shown once is shown again under its key, and lies nowhere in clear", async () => {
  const key = randomUUID();
  const made = await createAgentKey.run(under(key), { agentId: orgs.a.agent });
  expect((await createAgentKey.run(under(key), { agentId: orgs.a.agent })).key).toBe(made.key);
  const rows = await superuser<{ sealed: Buffer }[]>`SELECT sealed FROM org.idempotency_keys`;
  expect(rows.length).toBeGreaterThan(5);
  for (const { sealed } of rows) {
    expect(sealed.includes(made.key)).toBe(false);
    expect(sealed.includes(made.lastFour)).toBe(false);
  }
});

test("after a day the key is free, and the old answer is erased", async () => {
  const key = randomUUID();
  const input = { agentId: orgs.a.agent, name: "daily" };
  const first = await createAgentKey.run(under(key), input);
  await superuser`UPDATE org.idempotency_keys SET at = at - interval '23 hours 59 minutes' WHERE key = ${key}`;
  expect((await createAgentKey.run(under(key), input)).id).toBe(first.id);
  await superuser`UPDATE org.idempotency_keys SET at = at - interval '2 minutes' WHERE key = ${key}`;
  const second = await createAgentKey.run(under(key), input);
  expect(second.id).not.toBe(first.id);
  expect((await createAgentKey.run(under(key), input)).id).toBe(second.id);

  await superuser`UPDATE org.idempotency_keys SET at = at - interval '25 hours' WHERE key = ${key}`;
  const before = await countKeys();
  await orgs.database.$queryRaw`SELECT org.erase_idempotency_keys_1(10)`;
  expect(await countKeys()).toBe(before - 1);
});

async function countKeys(): Promise<number> {
  const [row] = await superuser<{ count: number }[]>`
    SELECT count(*)::int AS count FROM org.idempotency_keys`;
  return row?.count ?? 0;
}
