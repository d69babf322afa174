import { inOrg } from "@yolo/store/prisma";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createRecorder } from "../../test/recorder.ts";
import { createTwoOrgs, type TwoOrgs } from "../../test/two-orgs.ts";
import { createProject } from "../project/create.ts";
import { listProjects } from "../project/list.ts";
import { createAgent } from "./create.ts";
import { listAgents } from "./list.ts";
import { readAgent } from "./read.ts";

let orgs: TwoOrgs;
beforeAll(async () => {
  orgs = await createTwoOrgs();
});
afterAll(() => orgs[Symbol.asyncDispose]());

const owner = () => orgs.as(orgs.a.members.owner);

test("names are unique where they are used: a slug in its org, an agent's name in its project", async () => {
  const slug = createProject.run(owner(), { slug: "web", name: "Again" });
  await expect(slug).rejects.toMatchObject({ code: "conflict", message: /slug/ });
  const name = createAgent.run(owner(), { projectId: orgs.a.project, name: "deployer" });
  await expect(name).rejects.toMatchObject({ code: "conflict", message: /name/ });
  const other = await createProject.run(owner(), { slug: "api", name: "API" });
  const agent = await createAgent.run(owner(), { projectId: other.id, name: "deployer" });
  expect((await listAgents.run(owner(), { project: other.id })).data).toEqual([
    { ...agent, keys: 0, endedKeys: 0, lastSeenAt: null },
  ]);
});

test("lists hold this org's own and nothing else", async () => {
  const projects = await listProjects.run(orgs.as(orgs.b.members.auditor), {});
  expect(projects.data.map(({ id }) => id)).toEqual([orgs.b.project]);
  const agents = await listAgents.run(orgs.as(orgs.b.members.auditor), {});
  expect(agents.data.map(({ id }) => id)).toEqual([orgs.b.agent]);
});

test("an archived project takes no new agents", async () => {
  const { id } = await createProject.run(owner(), { slug: "old", name: "Old" });
  await inOrg(orgs.database, orgs.a.orgId, (transaction) =>
    transaction.project.updateMany({ where: { slug: "old" }, data: { archivedAt: new Date() } }),
  );
  const agent = createAgent.run(owner(), { projectId: id, name: "late" });
  await expect(agent).rejects.toMatchObject({ code: "conflict", message: /archived/ });
});

test("an agent tells when it was first and last seen, its keys, and the sub-agents it worked through", async () => {
  await using recorder = await createRecorder(orgs);
  const idle = await readAgent.run(owner(), { id: orgs.a.agent });
  expect(idle).toMatchObject({ keys: 1, firstSeenAt: null, lastSeenAt: null, subagents: [] });
  const calls = [
    { subagent: null, parentSubagent: null },
    { subagent: "explorer", parentSubagent: null },
    { subagent: "reader", parentSubagent: "explorer" },
    { subagent: "explorer", parentSubagent: null },
  ];
  for (const call of calls) {
    const { id } = await recorder.admit(orgs.a, call);
    await recorder.settle(orgs.a, id);
  }
  const seen = await readAgent.run(owner(), { id: orgs.a.agent });
  expect(seen.subagents).toMatchObject([
    { name: "explorer", parent: null, calls: 2 },
    { name: "reader", parent: "explorer", calls: 1 },
  ]);
  expect(seen.project).toMatchObject({ id: orgs.a.project, slug: "web" });
  expect(Date.parse(seen.firstSeenAt ?? "")).toBeLessThanOrEqual(Date.parse(seen.lastSeenAt ?? ""));
  const listed = (await listAgents.run(owner(), {})).data.find(({ id }) => id === orgs.a.agent);
  expect(listed).toMatchObject({ keys: 1, lastSeenAt: seen.lastSeenAt });
});
