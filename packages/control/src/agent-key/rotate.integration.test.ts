import { systemClock } from "@yolo/core/clock";
import { decodeId, encodeId } from "@yolo/core/ids";
import { tokenKind } from "@yolo/core/token-form";
import { inOrg } from "@yolo/store/prisma";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createRecorder } from "../../test/recorder.ts";
import { createTwoOrgs, type TwoOrgs } from "../../test/two-orgs.ts";
import { archiveAgent } from "../agent/archive.ts";
import { createAgent } from "../agent/create.ts";
import type { Context } from "../context.ts";
import { createAgentKey } from "./create.ts";
import { listAgentKeys } from "./list.ts";
import { revokeAgentKey } from "./revoke.ts";
import { rotateAgentKey } from "./rotate.ts";

let orgs: TwoOrgs;
beforeAll(async () => {
  orgs = await createTwoOrgs();
});
afterAll(() => orgs[Symbol.asyncDispose]());

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** The owner, so many milliseconds from now. */
function owner(laterMs = 0): Context {
  const now = systemClock.now() + laterMs;
  return { ...orgs.as(orgs.a.members.owner), clock: { ...systemClock, now: () => now } };
}

function inDays(days: number): string {
  return new Date(systemClock.now() + days * DAY_MS).toISOString();
}

function make(over: { readonly expiresAt?: string; readonly name?: string } = {}) {
  return createAgentKey.run(owner(), { agentId: orgs.a.agent, ...over });
}

async function revision(): Promise<bigint> {
  const row = await inOrg(orgs.database, orgs.a.orgId, (transaction) =>
    transaction.revision.findFirstOrThrow(),
  );
  return row.revision;
}

test("the new key keeps agent, kind, name and whoever answers for it, and names the one it took over from", async () => {
  const old = await make({ name: "laptop" });
  const before = await revision();
  const made = await rotateAgentKey.run(owner(), { id: old.id });
  expect(tokenKind(made.key)).toBe("live");
  expect(made.key).not.toBe(old.key);
  const { agentId, memberId, kind, name } = old;
  expect(made).toMatchObject({ agentId, memberId, kind, name, rotatedFrom: old.id });
  expect(await revision()).toBeGreaterThan(before);
});

test("without grace the old key is revoked in the same moment", async () => {
  const old = await make();
  const made = await rotateAgentKey.run(owner(), { id: old.id, grace: "none" });
  expect(made.old.revokedAt).not.toBeNull();
  expect(made.old.id).toBe(old.id);
});

test.for([
  ["15m", 15 * MINUTE_MS],
  ["1h", HOUR_MS],
  ["24h", DAY_MS],
] as const)("with a grace of %s the old key ends then, by itself", async ([grace, graceMs]) => {
  const old = await make();
  const context = owner();
  const made = await rotateAgentKey.run(context, { id: old.id, grace });
  expect(made.old).toMatchObject({
    ...{ id: old.id, revokedAt: null },
    expiresAt: new Date(context.clock.now() + graceMs).toISOString(),
  });
});

test("grace never lengthens a life", async () => {
  const old = await make({ expiresAt: inDays(0.01) });
  const made = await rotateAgentKey.run(owner(), { id: old.id, grace: "24h" });
  expect(made.old.expiresAt).toBe(old.expiresAt);
});

test("the new key lives as long as the old one was to live, unless told otherwise", async () => {
  const old = await make({ expiresAt: inDays(30) });
  const late = owner(20 * DAY_MS);
  const made = await rotateAgentKey.run(late, { id: old.id });
  const left = Date.parse(made.expiresAt ?? "") - late.clock.now();
  expect(Math.abs(left - 30 * DAY_MS)).toBeLessThan(MINUTE_MS);
  const chosen = await rotateAgentKey.run(owner(), { id: made.id, expiresAt: inDays(7) });
  expect(Date.parse(chosen.expiresAt ?? "")).toBeLessThan(Date.parse(inDays(8)));
  const forever = await rotateAgentKey.run(owner(), { id: chosen.id, expiresAt: null });
  expect(forever.expiresAt).toBeNull();
  const past = rotateAgentKey.run(owner(), { id: forever.id, expiresAt: inDays(-1) });
  await expect(past).rejects.toMatchObject({ code: "invalid_input" });
});

test("what is revoked, expired or rotated already cannot be rotated, and is told why", async () => {
  const revoked = await make();
  await revokeAgentKey.run(owner(), { id: revoked.id });
  const expired = await make({ expiresAt: inDays(1) });
  const rotated = await make();
  const made = await rotateAgentKey.run(owner(), { id: rotated.id, grace: "1h" });
  for (const [id, context, message] of [
    [revoked.id, owner(), /is revoked/],
    [expired.id, owner(2 * DAY_MS), /has expired/],
    [rotated.id, owner(), new RegExp(`${made.id} has taken over`)],
  ] as const) {
    const refused = rotateAgentKey.run(context, { id });
    await expect(refused).rejects.toMatchObject({ code: "conflict", message });
  }
});

test("of many that rotate one key at once, one does", async () => {
  const old = await make();
  const answers = await Promise.allSettled(
    Array.from({ length: 8 }, () => rotateAgentKey.run(owner(), { id: old.id, grace: "1h" })),
  );
  expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const answer of answers) {
    if (answer.status === "rejected") expect(answer.reason).toMatchObject({ code: "conflict" });
  }
  const { data } = await listAgentKeys.run(owner(), {});
  expect(data.filter(({ rotatedFrom }) => rotatedFrom === old.id)).toHaveLength(1);
});

test("an archived agent's key cannot be rotated", async () => {
  const agent = await createAgent.run(owner(), { projectId: orgs.a.project, name: "leaver" });
  const { id } = await createAgentKey.run(owner(), { agentId: agent.id });
  await archiveAgent.run(owner(), { id: agent.id });
  await expect(rotateAgentKey.run(owner(), { id })).rejects.toMatchObject({ code: "conflict" });
});

test("a key for which somebody else answers is rotated by managers only", async () => {
  const { developer, admin } = orgs.a.members;
  const { id } = await make();
  const refused = rotateAgentKey.run(orgs.as(developer), { id });
  await expect(refused).rejects.toMatchObject({
    facts: { permission: "agent-keys:write-for-others" },
  });
  const made = await rotateAgentKey.run(orgs.as(admin), { id });
  expect(made.memberId).toBe(encodeId("member", orgs.a.members.owner.memberId));
});

test("the change on record links both keys and holds neither", async () => {
  const old = await make();
  const context = owner();
  const made = await rotateAgentKey.run(context, { id: old.id, grace: "15m" });
  const [change] = await inOrg(orgs.database, orgs.a.orgId, (transaction) =>
    transaction.change.findMany({ where: { requestId: context.requestId } }),
  );
  expect(change).toMatchObject({
    ...{ verb: "agent-key.rotate", subject: made.id },
    ...{ before: { id: old.id }, after: { rotatedFrom: old.id, old: { id: old.id } } },
  });
  for (const secret of [old.key, made.key]) expect(JSON.stringify(change)).not.toContain(secret);
});

test("last use is the latest record's time, while the call is open, closed and copied; unused is null", async () => {
  await using recorder = await createRecorder(orgs);
  const [used, unused] = [await make(), await make()];
  const { id } = await recorder.admit(orgs.a, { key: decodeId("agentKey", used.id) });
  const at = await inOrg(orgs.database, orgs.a.orgId, (transaction) =>
    transaction.intent.findFirstOrThrow({ where: { id: decodeId("record", id) } }),
  );
  const lastUse = async () => {
    const { data } = await listAgentKeys.run(owner(HOUR_MS), {});
    const find = (key: string) => data.find((one) => one.id === key)?.lastUsedAt;
    return [find(used.id), find(unused.id)];
  };
  expect(await lastUse()).toEqual([at.at.toISOString(), null]);
  await recorder.settle(orgs.a, id);
  expect(await lastUse()).toEqual([at.at.toISOString(), null]);
  const before = await revision();
  for (let pass = 0; pass < 2; pass += 1) {
    await orgs.database.$queryRaw`SELECT org.copy_records_2(1000)`;
    expect(await lastUse()).toEqual([at.at.toISOString(), null]);
  }
  expect(await revision()).toBe(before);
});

test("keys are listed page by page, newest first", async () => {
  const agent = await createAgent.run(owner(), { projectId: orgs.a.project, name: "paged" });
  const made = [];
  for (let count = 0; count < 5; count += 1) {
    made.unshift((await createAgentKey.run(owner(), { agentId: agent.id })).id);
  }
  const seen = [];
  let before: string | undefined;
  do {
    const page = await listAgentKeys.run(owner(), {
      ...{ agent: agent.id, limit: 2 },
      ...(before !== undefined && { before }),
    });
    seen.push(...page.data.map(({ id }) => id));
    before = page.nextBefore ?? undefined;
  } while (before !== undefined);
  expect(seen).toEqual(made);
});
