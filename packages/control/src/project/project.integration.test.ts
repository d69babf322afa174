import { inOrg } from "@yolo/store/prisma";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTwoOrgs, type TwoOrgs } from "../../test/two-orgs.ts";
import { archiveAgent } from "../agent/archive.ts";
import { createAgent } from "../agent/create.ts";
import { listAgents } from "../agent/list.ts";
import { restoreAgent } from "../agent/restore.ts";
import { updateAgent } from "../agent/update.ts";
import { createAgentKey } from "../agent-key/create.ts";
import { listAgentKeys } from "../agent-key/list.ts";
import { archiveProject } from "./archive.ts";
import { createProject } from "./create.ts";
import { listProjects } from "./list.ts";
import { readProject } from "./read.ts";
import { restoreProject } from "./restore.ts";
import { updateProject } from "./update.ts";

let orgs: TwoOrgs;
beforeAll(async () => {
  orgs = await createTwoOrgs();
});
afterAll(() => orgs[Symbol.asyncDispose]());

const owner = () => orgs.as(orgs.a.members.owner);

async function revision(): Promise<bigint> {
  const row = await inOrg(orgs.database, orgs.a.orgId, (transaction) =>
    transaction.revision.findFirstOrThrow(),
  );
  return row.revision;
}

/** A project with two agents, each with a key. */
async function furnished(slug: string) {
  const project = await createProject.run(owner(), { slug, name: slug });
  const agents = [];
  for (const name of ["one", "two"]) {
    const agent = await createAgent.run(owner(), { projectId: project.id, name });
    const key = await createAgentKey.run(owner(), { agentId: agent.id });
    agents.push({ id: agent.id, key: key.id });
  }
  return { id: project.id, agents };
}

test("a change of name or capture level keeps the rest, bumps the revision, and the same again changes nothing", async () => {
  const { id } = await createProject.run(owner(), { slug: "plain", name: "Plain" });
  const before = await revision();
  const renamed = await updateProject.run(owner(), { id, name: "Plainer" });
  expect(renamed).toMatchObject({ slug: "plain", name: "Plainer", captureLevel: "redacted" });
  const full = await updateProject.run(owner(), { id, captureLevel: "full" });
  expect(full).toMatchObject({ name: "Plainer", captureLevel: "full" });
  expect(await revision()).toBe(before + 2n);
  expect(await updateProject.run(owner(), { id, name: "Plainer" })).toEqual(full);
  expect(await revision()).toBe(before + 2n);
});

test("a project tells what archiving it would end, and archiving ends just that", async () => {
  const { id, agents } = await furnished("doomed");
  const told = await readProject.run(owner(), { id });
  expect(told).toMatchObject({ agents: 2, keys: 2 });
  const archived = await archiveProject.run(owner(), { id });
  expect(archived).toMatchObject({ agentsArchived: told.agents, keysRevoked: told.keys });
  const { data: left } = await listAgents.run(owner(), { project: id });
  expect(left.map(({ archivedAt }) => archivedAt)).toEqual([
    archived.archivedAt,
    archived.archivedAt,
  ]);
  for (const { id: agent } of agents) {
    const { data } = await listAgentKeys.run(owner(), { agent });
    expect(data).toMatchObject([{ revokedAt: archived.archivedAt }]);
  }
  expect(await readProject.run(owner(), { id })).toMatchObject({ agents: 0, keys: 0 });
  const again = await archiveProject.run(owner(), { id });
  expect(again).toMatchObject({ archivedAt: archived.archivedAt, agentsArchived: 0 });
});

test("the other projects keep their agents and keys", async () => {
  const { id } = await furnished("neighbour");
  await archiveProject.run(owner(), { id: (await furnished("gone")).id });
  expect(await readProject.run(owner(), { id })).toMatchObject({ agents: 2, keys: 2 });
});

test("restoring brings back the agents that ended with the project, not those archived before; no key comes back", async () => {
  const { id, agents } = await furnished("phoenix");
  const [first, second] = agents;
  await archiveAgent.run(owner(), { id: first?.id ?? "" });
  await archiveProject.run(owner(), { id });
  const restored = await restoreProject.run(owner(), { id });
  expect(restored).toMatchObject({ archivedAt: null, agentsRestored: 1 });
  const { data } = await listAgents.run(owner(), { project: id });
  const live = data.filter(({ archivedAt }) => archivedAt === null);
  expect(live.map((agent) => agent.id)).toEqual([second?.id]);
  expect(await readProject.run(owner(), { id })).toMatchObject({ agents: 1, keys: 0 });
  expect(await restoreProject.run(owner(), { id })).toMatchObject({ agentsRestored: 0 });
});

test("what is archived is not changed and takes nothing new; its agents come back with it only", async () => {
  const { id, agents } = await furnished("closed");
  const agent = agents[0]?.id ?? "";
  await archiveProject.run(owner(), { id });
  for (const attempt of [
    () => updateProject.run(owner(), { id, name: "N" }),
    () => createAgent.run(owner(), { projectId: id, name: "late" }),
    () => restoreAgent.run(owner(), { id: agent }),
    () => updateAgent.run(owner(), { id: agent, name: "renamed" }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "conflict", message: /archived/ });
  }
});

test("an agent is renamed, archived and restored; a taken name is refused; its keys stay revoked", async () => {
  const { id, agents } = await furnished("people");
  const agent = agents[0]?.id ?? "";
  const before = await revision();
  expect(await updateAgent.run(owner(), { id: agent, name: "renamed" })).toMatchObject({
    ...{ id: agent, projectId: id, name: "renamed" },
  });
  expect(await revision()).toBe(before + 1n);
  const taken = updateAgent.run(owner(), { id: agent, name: "two" });
  await expect(taken).rejects.toMatchObject({ code: "conflict", message: /name/ });
  await archiveAgent.run(owner(), { id: agent });
  expect(await restoreAgent.run(owner(), { id: agent })).toMatchObject({ archivedAt: null });
  const { data } = await listAgentKeys.run(owner(), { agent });
  expect(data.every(({ revokedAt }) => revokedAt !== null)).toBe(true);
});

test("projects and agents are listed by name, page by page, whole", async () => {
  for (const slug of ["zeta", "alpha", "mid"]) {
    await createProject.run(owner(), { slug, name: slug });
  }
  const all = (await listProjects.run(owner(), {})).data;
  expect(all.map(({ slug }) => slug)).toEqual(all.map(({ slug }) => slug).sort());
  const paged = [];
  for (let before: string | null | undefined; before !== null; ) {
    const page = await listProjects.run(owner(), {
      ...{ limit: 3 },
      ...(before !== undefined && { before }),
    });
    paged.push(...page.data);
    before = page.nextBefore;
  }
  expect(paged).toEqual(all);
  const [first, ...rest] = (await listAgents.run(owner(), {})).data;
  const after = await listAgents.run(owner(), { before: first?.id ?? "", limit: 1 });
  expect(after.data).toEqual(rest.slice(0, 1));
});
