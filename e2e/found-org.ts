/** An org beside the demo's, founded by the very verbs that sign-up runs. */
import { createAgent } from "@yolo/control/agent/create";
import { createAgentKey } from "@yolo/control/agent-key/create";
import { createApiToken } from "@yolo/control/api-token/create";
import { addConnector } from "@yolo/control/connector/add";
import type { Context } from "@yolo/control/context";
import { createOrg } from "@yolo/control/org/create";
import { createPolicy } from "@yolo/control/policy/create";
import { createProject } from "@yolo/control/project/create";
import { systemClock } from "@yolo/core/clock";
import { decodeId, newId } from "@yolo/core/ids";
import { connectDatabase } from "@yolo/store/prisma";
import { readSecrets } from "@yolo/store/secrets-file";
import type { Backstage } from "./backstage.ts";

const POLICY = `version: 1
mode: enforce
rules:
  - allow: llm:*
    on: anthropic/**
`;

export interface Org {
  readonly slug: string;
  readonly apiToken: string;
  readonly testKey: string;
  readonly liveKey: string;
  /** Outside ids, to be tried where they do not belong. */
  readonly ids: {
    readonly project: string;
    readonly agent: string;
    readonly agentKey: string;
    readonly policy: string;
    readonly member: string;
  };
}

export interface Founding {
  readonly slug: string;
  /** Its default connector leads here and passes the developer's own credential; without it there is no connector. */
  readonly clientCredentialUrl?: string;
}

export async function foundOrg(backstage: Backstage, founding: Founding): Promise<Org> {
  const database = connectDatabase(backstage.appUrl);
  try {
    const { clientCredentialUrl: testModelUrl } = founding;
    const shared = {
      database,
      secrets: readSecrets(backstage.secretsFile),
      requestId: "e2e",
      clock: systemClock,
      ...(testModelUrl !== undefined && { testModelUrl }),
    };
    return await found(shared, founding);
  } finally {
    await database.$disconnect();
  }
}

async function found(
  shared: Omit<Context, "actor">,
  { slug, clientCredentialUrl }: Founding,
): Promise<Org> {
  const orgId = newId();
  const system: Context = { ...shared, actor: { kind: "system", orgId } };
  const owner = { email: `owner@${slug}.example`, name: "Olga Owner" };
  const { ownerId } = await createOrg.run(system, { slug, name: slug, owner });
  const memberId = decodeId("member", ownerId);
  const context: Context = { ...shared, actor: { kind: "member", orgId, memberId, role: "owner" } };
  const project = await createProject.run(context, { slug: "web", name: "Web" });
  const agent = await createAgent.run(context, { projectId: project.id, name: "builder" });
  const policy = await createPolicy.run(context, { name: "base", layer: "org", text: POLICY });
  const test = await createAgentKey.run(context, { agentId: agent.id, kind: "test" });
  const live = await createAgentKey.run(context, { agentId: agent.id, kind: "live" });
  const { token } = await createApiToken.run(context, { name: "e2e" });
  if (clientCredentialUrl !== undefined) {
    await addConnector.run(context, {
      name: "own-credential",
      provider: "anthropic",
      mode: "client_credential",
      baseUrl: clientCredentialUrl,
    });
  }
  return {
    slug,
    apiToken: token,
    testKey: test.key,
    liveKey: live.key,
    ids: {
      project: project.id,
      agent: agent.id,
      agentKey: live.id,
      policy: policy.id,
      member: ownerId,
    },
  };
}
