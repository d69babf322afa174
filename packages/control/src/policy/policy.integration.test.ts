import { encodeId } from "@yolo/core/ids";
import { inOrg } from "@yolo/store/prisma";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTwoOrgs, POLICY, type TwoOrgs } from "../../test/two-orgs.ts";
import { createPolicy } from "./create.ts";
import { listPolicies } from "./list.ts";
import { listPolicyVersions } from "./list-versions.ts";
import { publishPolicy } from "./publish.ts";
import { readPolicy } from "./read.ts";

let orgs: TwoOrgs;
beforeAll(async () => {
  orgs = await createTwoOrgs();
});
afterAll(() => orgs[Symbol.asyncDispose]());

const owner = () => orgs.as(orgs.a.members.owner);
const NEXT = `${POLICY}  - deny: git:force_push\n`;
const BROKEN = "version: 1\nmode: enforce\nrules:\n  - alow: llm:*\n";

let count = 0;
function draft() {
  count += 1;
  return createPolicy.run(owner(), { name: `policy ${count}`, layer: "org", text: POLICY });
}

test("a policy is created with its first version, by its author", async () => {
  const policy = await draft();
  expect(policy).toMatchObject({
    liveVersion: 1,
    layer: "org",
    published: { version: 1, authorId: encodeId("member", orgs.a.members.owner.memberId) },
  });
  const read = await readPolicy.run(owner(), { id: policy.id });
  expect(read).toMatchObject({ text: POLICY, published: { version: 1 } });
  const { data } = await listPolicies.run(owner(), {});
  expect(data.map(({ id }) => id)).toContain(policy.id);
});

test("publishing adds a version; the earlier ones stay as they were", async () => {
  const { id } = await draft();
  await publishPolicy.run(owner(), { id, base: 1, text: NEXT, message: "no force" });
  expect(await readPolicy.run(owner(), { id })).toMatchObject({ liveVersion: 2, text: NEXT });
  expect(await readPolicy.run(owner(), { id, version: 1 })).toMatchObject({ text: POLICY });
  const { data } = await listPolicyVersions.run(owner(), { id });
  expect(data).toMatchObject([{ version: 2, message: "no force" }, { version: 1 }]);
  const rewrite = inOrg(orgs.database, orgs.a.orgId, (transaction) =>
    transaction.policyVersion.updateMany({ data: { text: "x" } }),
  );
  await expect(rewrite).rejects.toThrow(/permission denied/);
});

test("a stale base is a conflict that names the version in force", async () => {
  const { id } = await draft();
  await publishPolicy.run(owner(), { id, base: 1, text: NEXT, message: "second" });
  const stale = publishPolicy.run(owner(), { id, base: 1, text: POLICY, message: "third" });
  await expect(stale).rejects.toMatchObject({
    code: "conflict",
    status: 409,
    facts: { base: 1, liveVersion: 2 },
  });
  const ahead = publishPolicy.run(owner(), { id, base: 3, text: POLICY, message: "ahead" });
  await expect(ahead).rejects.toMatchObject({ code: "conflict" });
});

test("of ten authors with the same base, one publishes and nine are told", async () => {
  const { id } = await draft();
  const tries = await Promise.allSettled(
    Array.from({ length: 10 }, (_, index) =>
      publishPolicy.run(owner(), { id, base: 1, text: NEXT, message: `author ${index}` }),
    ),
  );
  const told = tries.filter(({ status }) => status === "rejected");
  expect(told).toHaveLength(9);
  for (const one of told) expect(one).toMatchObject({ reason: { code: "conflict" } });
});

test("a text with errors is refused with line and column of each, and nothing is published", async () => {
  const { id } = await draft();
  const broken = publishPolicy.run(owner(), { id, base: 1, text: BROKEN, message: "typo" });
  await expect(broken).rejects.toMatchObject({
    code: "policy_invalid",
    status: 422,
    facts: { issues: [{ line: 4, column: expect.any(Number), message: expect.any(String) }] },
  });
  const created = createPolicy.run(owner(), { name: "broken", layer: "org", text: BROKEN });
  await expect(created).rejects.toMatchObject({ code: "policy_invalid" });
  expect(await readPolicy.run(owner(), { id })).toMatchObject({ liveVersion: 1 });
});

test("a developer publishes for projects and agents, never for the whole org", async () => {
  const developer = orgs.as(orgs.a.members.developer);
  const { project, agent } = orgs.a;
  const forProject = { name: "dev project", layer: "project", projectId: project } as const;
  expect(await createPolicy.run(developer, { ...forProject, text: POLICY })).toMatchObject({
    projectId: project,
    agentId: null,
  });
  const forAgent = { name: "dev agent", layer: "agent", agentId: agent } as const;
  expect(await createPolicy.run(developer, { ...forAgent, text: POLICY })).toMatchObject({
    projectId: null,
    agentId: agent,
  });
  const forOrg = createPolicy.run(developer, { name: "dev org", layer: "org", text: POLICY });
  await expect(forOrg).rejects.toMatchObject({ code: "forbidden" });
  const { id } = await draft();
  const next = publishPolicy.run(developer, { id, base: 1, text: NEXT, message: "mine" });
  await expect(next).rejects.toMatchObject({ code: "forbidden" });
});

test("a policy cannot be laid on another org's project or agent", async () => {
  const theirs = [
    { layer: "project", projectId: orgs.b.project } as const,
    { layer: "agent", agentId: orgs.b.agent } as const,
  ];
  for (const place of theirs) {
    const crossing = createPolicy.run(owner(), { name: "crossing", text: POLICY, ...place });
    await expect(crossing).rejects.toMatchObject({ code: "not_found" });
  }
});

test("a version that was never published does not exist", async () => {
  const { id } = await draft();
  const missing = readPolicy.run(owner(), { id, version: 7 });
  await expect(missing).rejects.toMatchObject({ code: "not_found" });
});
