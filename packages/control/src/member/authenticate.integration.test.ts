import { systemClock } from "@yolo/core/clock";
import { decodeId, encodeId } from "@yolo/core/ids";
import { mintToken } from "@yolo/identity/token";
import { inOrg } from "@yolo/store/prisma";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTwoOrgs, type TwoOrgs } from "../../test/two-orgs.ts";
import { createApiToken } from "../api-token/create.ts";
import { listApiTokens } from "../api-token/list.ts";
import type { Role } from "../permissions.ts";
import { authenticate } from "./authenticate.ts";

let orgs: TwoOrgs;
beforeAll(async () => {
  orgs = await createTwoOrgs();
});
afterAll(() => orgs[Symbol.asyncDispose]());

function make(role: Role, over: { readonly expiresAt?: string } = {}) {
  return createApiToken.run(orgs.as(orgs.a.members[role]), { name: "laptop", ...over });
}

function whose(token: string, over: object = {}) {
  const { database, secrets } = orgs;
  return authenticate({ database, secrets, clock: systemClock, ...over }, token);
}

test.for(["owner", "admin", "developer", "approver", "auditor", "billing"] as const)(
  "a token is its %s's, with the role held now",
  async (role) => {
    const { token } = await make(role);
    expect(await whose(token)).toMatchObject(orgs.a.members[role]);
  },
);

test("a token made under an older pepper still works, and one under a forgotten pepper does not", async () => {
  const { keys } = orgs.secrets.peppers;
  const older = { ...orgs.secrets, peppers: { current: 1, keys } };
  const context = { ...orgs.as(orgs.a.members.owner), secrets: older };
  const { token } = await createApiToken.run(context, { name: "old" });
  expect(await whose(token)).toMatchObject(orgs.a.members.owner);
  const [, second] = [...keys];
  const forgotten = { current: 2, keys: new Map(second === undefined ? [] : [second]) };
  const secrets = { ...orgs.secrets, peppers: forgotten };
  await expect(whose(token, { secrets })).rejects.toMatchObject({ code: "invalid_key" });
});

test("every token that does not work is refused in the same words", async () => {
  const { token: expired } = await make("owner", { expiresAt: "2099-01-01T00:00:00Z" });
  const revoked = await make("owner");
  const left = await make("auditor");
  const { orgId } = orgs.a;
  await inOrg(orgs.database, orgId, async (transaction) => {
    const revokedAt = new Date();
    const id = decodeId("apiToken", revoked.id);
    await transaction.apiToken.update({ where: { orgId_id: { orgId, id } }, data: { revokedAt } });
    await transaction.member.update({
      where: { orgId_id: { orgId, id: decodeId("member", left.memberId) } },
      data: { removedAt: new Date() },
    });
  });
  const later = { clock: { ...systemClock, now: () => Date.parse("2099-01-01T00:00:00Z") } };
  const { token } = await make("owner");
  const refusals = await Promise.all(
    [
      whose(expired, later),
      whose(revoked.token),
      whose(left.token),
      whose(mintToken("member").reveal()),
      whose(orgs.a.key),
      whose(`${token}x`),
      whose(token.slice(0, -1)),
      whose(""),
    ].map((refused) => refused.catch((error: Error) => error.message)),
  );
  expect(new Set(refusals)).toEqual(
    new Set(["This API token does not work: it is unknown, revoked or expired."]),
  );
});

test("a member makes tokens for nobody but themselves", async () => {
  const memberId = encodeId("member", orgs.a.members.billing.memberId);
  const forOther = createApiToken.run(orgs.as(orgs.a.members.owner), { name: "x", memberId });
  await expect(forOther).rejects.toMatchObject({ code: "forbidden" });
  const bySystem = await createApiToken.run(orgs.as(orgs.a.system), { name: "x", memberId });
  expect(await whose(bySystem.token)).toMatchObject(orgs.a.members.billing);
});

test("when a token was last used is noted, to the minute", async () => {
  const { id, token } = await make("owner");
  const lastUse = async () => {
    const { data } = await listApiTokens.run(orgs.as(orgs.a.members.owner), {});
    return data.find((one) => one.id === id)?.lastUsedAt ?? null;
  };
  expect(await lastUse()).toBeNull();
  const at = systemClock.now();
  await whose(token, { clock: { ...systemClock, now: () => at } });
  await whose(token, { clock: { ...systemClock, now: () => at + 59_000 } });
  expect(await lastUse()).toBe(new Date(at).toISOString());
  await whose(token, { clock: { ...systemClock, now: () => at + 60_000 } });
  expect(await lastUse()).toBe(new Date(at + 60_000).toISOString());
});
