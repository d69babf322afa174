/** The org of `npm run seed:large`: its projects, agents, keys and policy, made by the verbs a person would use. */
import { createAgent } from "@yolo/control/agent/create";
import { createAgentKey } from "@yolo/control/agent-key/create";
import type { Context } from "@yolo/control/context";
import { createOrg } from "@yolo/control/org/create";
import { createPolicy } from "@yolo/control/policy/create";
import { createProject } from "@yolo/control/project/create";
import { systemClock } from "@yolo/core/clock";
import { AppError } from "@yolo/core/errors";
import { decodeId, encodeId, newId } from "@yolo/core/ids";
import { type Database, inOrg } from "@yolo/store/prisma";
import type { Secrets } from "@yolo/store/secrets-file";

/** As the ledger names them: ids of the database. */
export interface LargeAgent {
  readonly agent: string;
  readonly project: string;
  readonly key: string;
}

export interface LargeOrg {
  readonly id: string;
  readonly slug: string;
  /** Outside id of the owner, who answers for every key. */
  readonly owner: string;
  readonly agents: readonly LargeAgent[];
  readonly policy: string;
  /** Of the snapshot a call is decided with, in decimal digits. */
  readonly revision: string;
  /** As the owner. */
  readonly context: Context;
}

const POLICY = `version: 1
mode: enforce
rules:
  - allow: llm:*
  - allow: mcp:call
  - allow: http:get
  - allow: tool:*
  - id: pushes
    allow: git:push
  - id: reads-only
    allow: [aws:s3:GetObject, aws:s3:ListBucket]
  - id: no-deletes
    deny: aws:s3:DeleteObject
    reason: Objects are not deleted by agents.
  - id: posts
    approve: http:post
`;

/** The demo's: whoever signs in there sees this org too. */
const OWNER = { email: "owner@demo.example", name: "Dana Demo" };

const PROJECTS = {
  web: ["checkout", "storefront", "search"],
  data: ["etl-nightly", "etl-hourly", "reports"],
  support: ["triage", "answers"],
  platform: ["reviewer", "releaser", "janitor", "on-call"],
} as const;

/** A new org under this slug. Throws `conflict` when it is taken, with what to do. */
export async function foundLargeOrg(
  database: Database,
  secrets: Secrets,
  slug: string,
): Promise<LargeOrg> {
  const id = newId();
  const shared = { database, secrets, requestId: encodeId("apiRequest", newId()) };
  const system: Context = {
    ...{ ...shared, clock: systemClock },
    actor: { kind: "system", orgId: id },
  };
  if ((await database.org.findUnique({ where: { slug } })) !== null) {
    throw new AppError("conflict", { message: `The org ${slug} exists: give another --slug.` });
  }
  const { ownerId } = await createOrg.run(system, {
    ...{ slug, name: "Large", owner: OWNER },
  });
  const memberId = decodeId("member", ownerId);
  const context: Context = {
    ...system,
    actor: { kind: "member", orgId: id, memberId, role: "owner" },
  };
  const policy = await createPolicy.run(context, { name: "house", layer: "org", text: POLICY });
  const agents = await createAgents(context);
  const { revision } = await inOrg(database, id, (transaction) =>
    transaction.revision.findFirstOrThrow(),
  );
  return {
    ...{ id, slug, owner: ownerId, agents, context },
    policy: decodeId("policy", policy.id),
    revision: revision.toString(),
  };
}

async function createAgents(context: Context): Promise<LargeAgent[]> {
  const made: LargeAgent[] = [];
  for (const [slug, names] of Object.entries(PROJECTS)) {
    const project = await createProject.run(context, { slug, name: slug });
    for (const name of names) {
      const agent = await createAgent.run(context, { projectId: project.id, name });
      const key = await createAgentKey.run(context, { agentId: agent.id, kind: "live" });
      made.push({
        agent: decodeId("agent", agent.id),
        project: decodeId("project", project.id),
        key: decodeId("agentKey", key.id),
      });
    }
  }
  return made;
}
