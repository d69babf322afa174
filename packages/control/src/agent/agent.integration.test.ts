import { inOrg } from "@yolo/store/prisma";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTwoOrgs, type TwoOrgs } from "../../test/two-orgs.ts";
import { createProject } from "../project/create.ts";
import { listProjects } from "../project/list.ts";
import { createAgent } from "./create.ts";
import { listAgents } from "./list.ts";

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
  expect((await listAgents.run(owner(), { project: other.id })).data).toEqual([agent]);
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
