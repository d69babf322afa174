import { systemClock } from "@yolo/core/clock";
import { encodeId } from "@yolo/core/ids";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTwoOrgs, POLICY, type TwoOrgs } from "../../test/two-orgs.ts";
import { createAgent } from "../agent/create.ts";
import { listAgents } from "../agent/list.ts";
import { listAgentKeys } from "../agent-key/list.ts";
import type { Actor } from "../context.ts";
import { authenticate } from "../member/authenticate.ts";
import { createPolicy } from "../policy/create.ts";
import { listProjects } from "../project/list.ts";
import { createApiToken } from "./create.ts";
import { listApiTokens } from "./list.ts";
import { revokeApiToken } from "./revoke.ts";

let orgs: TwoOrgs;
beforeAll(async () => {
  orgs = await createTwoOrgs();
});
afterAll(() => orgs[Symbol.asyncDispose]());

type Member = Extract<Actor, { kind: "member" }>;

/** What a request with a new token of this member runs under. */
async function by(member: Member, scopes: string[]) {
  const { token } = await createApiToken.run(orgs.as(member), { name: "scoped", scopes });
  const { database, secrets } = orgs;
  return orgs.as(await authenticate({ database, secrets, clock: systemClock }, token));
}

const { owner, developer } = {
  owner: () => orgs.a.members.owner,
  developer: () => orgs.a.members.developer,
};

test("a token may what its scopes name and nothing else; the refusal names the scope that it lacks", async () => {
  const reader = await by(owner(), ["projects:read"]);
  expect((await listProjects.run(reader, {})).data).toHaveLength(1);
  await expect(listAgents.run(reader, {})).rejects.toMatchObject({
    code: "forbidden",
    message: expect.stringMatching(/lacks the scope agents:read; it has projects:read/),
    facts: { scope: "agents:read", scopes: ["projects:read"] },
  });
});

test("`agents:*` means everything of agents and nothing of agent keys", async () => {
  const builder = await by(owner(), ["agents:*"]);
  const made = { projectId: orgs.a.project, name: "scoped" };
  expect((await createAgent.run(builder, made)).name).toBe("scoped");
  expect((await listAgents.run(builder, {})).data.length).toBeGreaterThan(1);
  await expect(listAgentKeys.run(builder, {})).rejects.toMatchObject({ code: "forbidden" });
});

test("a scope never widens the role: what the member may not, no token of theirs may", async () => {
  const all = await by(developer(), ["*"]);
  const policies = await by(developer(), ["policies:*"]);
  for (const context of [all, policies]) {
    const org = createPolicy.run(context, { name: "mine", layer: "org", text: POLICY });
    await expect(org).rejects.toMatchObject({ code: "forbidden", message: /Your role is/ });
  }
});

test("a scope is asked about inside a verb too, not only at its door", async () => {
  const writer = await by(owner(), ["policies:write"]);
  const org = createPolicy.run(writer, { name: "mine", layer: "org", text: POLICY });
  await expect(org).rejects.toMatchObject({ facts: { scope: "policies:write-org" } });
});

test("nobody gives away more than they hold: neither a role's, nor a token's own scopes", async () => {
  const beyondRole = createApiToken.run(orgs.as(developer()), {
    ...{ name: "x", scopes: ["connectors:write"] },
  });
  await expect(beyondRole).rejects.toMatchObject({ facts: { missing: ["connectors:write"] } });
  const scoped = await by(owner(), ["api-tokens:*", "records:read"]);
  for (const scopes of [["*"], ["records:*", "agents:*"], ["agents:read"]]) {
    const more = createApiToken.run(scoped, { name: "x", scopes });
    await expect(more).rejects.toMatchObject({ code: "forbidden" });
  }
  await expect(createApiToken.run(scoped, { name: "x" })).rejects.toMatchObject({
    code: "forbidden",
  });
  const less = await createApiToken.run(scoped, { name: "x", scopes: ["records:read"] });
  expect(less.scopes).toEqual(["records:read"]);
});

test.for([[["agents:fly"]], [["agents"]], [["orgs:create"]], [[]], [["*", "*"]]] as const)(
  "scopes that are none are refused: %j",
  async ([scopes]) => {
    const made = createApiToken.run(orgs.as(owner()), { name: "x", scopes: [...scopes] });
    await expect(made).rejects.toMatchObject({ code: "invalid_input" });
  },
);

test("one's own tokens are listed page by page, newest first, and never the token itself", async () => {
  const { auditor, approver } = orgs.a.members;
  const made = [];
  for (const name of ["one", "two", "three"]) {
    made.unshift(await createApiToken.run(orgs.as(auditor), { name }));
  }
  await createApiToken.run(orgs.as(approver), { name: "not theirs" });
  const first = await listApiTokens.run(orgs.as(auditor), { limit: 2 });
  const rest = await listApiTokens.run(orgs.as(auditor), { before: first.nextBefore ?? "" });
  expect([...first.data, ...rest.data].map(({ id }) => id)).toEqual(made.map(({ id }) => id));
  expect(rest.nextBefore).toBeNull();
  for (const { token } of made) expect(JSON.stringify([first, rest])).not.toContain(token);
});

test("a revoked token answers nobody; another member's does not exist; doing it again changes nothing", async () => {
  const { id, token } = await createApiToken.run(orgs.as(owner()), { name: "lost" });
  const others = revokeApiToken.run(orgs.as(orgs.a.members.admin), { id });
  await expect(others).rejects.toMatchObject({ code: "not_found" });
  const revoked = await revokeApiToken.run(orgs.as(owner()), { id });
  expect(revoked.revokedAt).not.toBeNull();
  expect(await revokeApiToken.run(orgs.as(owner()), { id })).toEqual(revoked);
  const { database, secrets } = orgs;
  const used = authenticate({ database, secrets, clock: systemClock }, token);
  await expect(used).rejects.toMatchObject({ code: "invalid_key" });
  const nobodys = revokeApiToken.run(orgs.as(owner()), { id: encodeId("apiToken", orgs.a.orgId) });
  await expect(nobodys).rejects.toMatchObject({ code: "not_found" });
});
