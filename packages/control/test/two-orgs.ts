/** Two orgs in a database of their own, founded through the verbs, with a member of every role in each. */
import { createSecretKey, randomBytes } from "node:crypto";
import { systemClock } from "@yolo/core/clock";
import { decodeId, encodeId, newId, newRandomId } from "@yolo/core/ids";
import { connectDatabase, type Database, inOrg } from "@yolo/store/prisma";
import type { KeyRing, Secrets } from "@yolo/store/secrets-file";
import { createDatabase, type TestDatabase } from "@yolo/testkit/database";
import { createAgent } from "../src/agent/create.ts";
import { createAgentKey } from "../src/agent-key/create.ts";
import { addConnector } from "../src/connector/add.ts";
import type { Actor, Context } from "../src/context.ts";
import { addGroupMember } from "../src/group/add-member.ts";
import { createGroup } from "../src/group/create.ts";
import { createInvitation } from "../src/invitation/create.ts";
import { createOrg } from "../src/org/create.ts";
import type { Role } from "../src/permissions.ts";
import { createPolicy } from "../src/policy/create.ts";
import { createProject } from "../src/project/create.ts";

export const POLICY = `version: 1
mode: enforce
rules:
  - allow: llm:*
    on: anthropic/**
`;

/** What `TestOrg` is made with; no test may find it anywhere but where it was given. */
export const CREDENTIAL = `sk-ant-api03-${randomBytes(24).toString("base64url")}`;

export interface TestOrg {
  readonly orgId: string;
  readonly slug: string;
  readonly system: Actor;
  /** One member per role. */
  readonly members: { readonly [role in Role]: Extract<Actor, { kind: "member" }> };
  /** Outside ids. */
  readonly project: string;
  readonly agent: string;
  readonly agentKey: string;
  /** The agent key itself. */
  readonly key: string;
  readonly connector: string;
  readonly policy: string;
  /** With the approver in it. */
  readonly group: string;
  /** Open, by link. */
  readonly invitation: string;
}

export interface TwoOrgs extends AsyncDisposable {
  readonly urls: TestDatabase;
  readonly database: Database;
  readonly secrets: Secrets;
  readonly a: TestOrg;
  readonly b: TestOrg;
  as(actor: Actor): Context;
}

export async function createTwoOrgs(): Promise<TwoOrgs> {
  const urls = await createDatabase();
  const database = connectDatabase(urls.appUrl);
  const secrets = { encryptionKeys: keyRing(), peppers: keyRing() };
  const as = (actor: Actor): Context => ({
    ...{ database, secrets, actor, clock: systemClock },
    requestId: encodeId("record", newId()),
  });
  return {
    ...{ urls, database, secrets, as },
    a: await foundOrg(as, "acme"),
    b: await foundOrg(as, "globex"),
    async [Symbol.asyncDispose]() {
      await database.$disconnect();
      await urls[Symbol.asyncDispose]();
    },
  };
}

async function foundOrg(as: (actor: Actor) => Context, slug: string): Promise<TestOrg> {
  const orgId = newId();
  const system = { kind: "system", orgId } as const;
  const email = `owner@${slug}.com`;
  const org = await createOrg.run(as(system), {
    ...{ slug, name: slug },
    owner: { email, name: "Olga Owner" },
  });
  const members = await createMembers(as(system), decodeId("member", org.ownerId));
  const owner = as(members.owner);
  const project = await createProject.run(owner, { slug: "web", name: "Web" });
  const agent = await createAgent.run(owner, { projectId: project.id, name: "deployer" });
  const agentKey = await createAgentKey.run(owner, { agentId: agent.id, kind: "live" });
  const connector = await addConnector.run(owner, {
    ...{ name: "main", provider: "anthropic", mode: "vaulted", credential: CREDENTIAL },
  });
  const policy = await createPolicy.run(owner, { name: "floor", layer: "org", text: POLICY });
  const group = await createGroup.run(owner, { name: "on call" });
  const memberId = encodeId("member", members.approver.memberId);
  await addGroupMember.run(owner, { id: group.id, memberId });
  const invitation = await createInvitation.run(owner, { role: "developer" });
  return {
    ...{ orgId, slug, system, members },
    ...{ group: group.id, invitation: invitation.id },
    ...{ project: project.id, agent: agent.id, agentKey: agentKey.id, key: agentKey.key },
    ...{ connector: connector.id, policy: policy.id },
  };
}

/** The other roles are written directly: quicker than inviting and accepting for each. */
async function createMembers(context: Context, ownerId: string): Promise<TestOrg["members"]> {
  const { orgId } = context.actor;
  const member = async (role: Role) => {
    const memberId = role === "owner" ? ownerId : newId();
    const actor = { kind: "member", orgId, memberId, role } as const;
    if (role === "owner") return actor;
    await inOrg(context.database, orgId, async (transaction) => {
      const email = `${role}-${newRandomId()}@example.com`;
      const person = await transaction.person.create({ data: { id: newId(), email, name: role } });
      await transaction.member.create({
        data: { orgId, id: memberId, personId: person.id, role },
      });
    });
    return actor;
  };
  const [owner, admin, developer, approver, auditor, billing] = await Promise.all([
    member("owner"),
    member("admin"),
    member("developer"),
    member("approver"),
    member("auditor"),
    member("billing"),
  ]);
  return { owner, admin, developer, approver, auditor, billing };
}

function keyRing(): KeyRing {
  return {
    current: 2,
    keys: new Map([1, 2].map((version) => [version, createSecretKey(randomBytes(32))])),
  };
}
