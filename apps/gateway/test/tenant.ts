/** An org of one's own for a test: founded, peopled and given a policy by the same verbs that people use. */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { archiveAgent } from "@yolo/control/agent/archive";
import { createAgent } from "@yolo/control/agent/create";
import { createAgentKey } from "@yolo/control/agent-key/create";
import { revokeAgentKey } from "@yolo/control/agent-key/revoke";
import type { Context } from "@yolo/control/context";
import { createOrg } from "@yolo/control/org/create";
import { createPolicy } from "@yolo/control/policy/create";
import { publishPolicy } from "@yolo/control/policy/publish";
import { createProject } from "@yolo/control/project/create";
import { systemClock } from "@yolo/core/clock";
import { decodeId, newId } from "@yolo/core/ids";
import { connectDatabase, type Database } from "@yolo/store/prisma";
import { readSecrets } from "@yolo/store/secrets-file";

/** The secrets file that the gateways of a test and its control plane share. */
export interface TestSecrets extends AsyncDisposable {
  readonly file: string;
}

export async function createSecrets(): Promise<TestSecrets> {
  const folder = await mkdtemp(join(tmpdir(), "yolo-secrets-"));
  const file = join(folder, "secrets.json");
  const ring = () => ({ current: 1, keys: { 1: randomBytes(32).toString("base64") } });
  const content = JSON.stringify({ v: 1, encryptionKeys: ring(), peppers: ring() });
  await writeFile(file, content, { mode: 0o600 });
  return { file, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

export const ALLOW_CLAUDE = `version: 1
mode: enforce
rules:
  - allow: [llm:invoke, llm:count_tokens]
    on: anthropic/claude-*
  - allow: llm:list_models
  - deny: llm:invoke
    on: anthropic/claude-opus-4-1
    id: no-old-opus
    reason: Use a newer model.
`;

export interface Tenant {
  readonly slug: string;
  readonly orgId: string;
  readonly context: Context;
  readonly projectId: string;
  readonly agentId: string;
  /** The agent key, as a client sends it. */
  readonly key: string;
  readonly keyId: string;
  readonly policyId: string;
  newKey(kind?: "live" | "test"): Promise<{ readonly key: string; readonly keyId: string }>;
  /** Another agent of the same project, with a key of its own. */
  newAgent(): Promise<{ readonly key: string; archive(): Promise<void> }>;
  revokeKey(keyId: string): Promise<void>;
  publish(text: string): Promise<void>;
}

export interface ControlPlane extends AsyncDisposable {
  createTenant(policy?: string): Promise<Tenant>;
}

export function connectControlPlane(options: {
  readonly appUrl: string;
  readonly secretsFile: string;
  readonly testModelUrl: string;
}): ControlPlane {
  const database = connectDatabase(options.appUrl);
  const secrets = readSecrets(options.secretsFile);
  const { testModelUrl } = options;
  return {
    createTenant: (policy = ALLOW_CLAUDE) =>
      createTenant({ database, secrets, testModelUrl, clock: systemClock }, policy),
    [Symbol.asyncDispose]: () => database.$disconnect(),
  };
}

async function createTenant(
  shared: Omit<Context, "actor" | "requestId"> & { readonly database: Database },
  policyText: string,
): Promise<Tenant> {
  const orgId = newId();
  const slug = `t-${randomBytes(6).toString("hex")}`;
  const system: Context = { ...shared, requestId: "test", actor: { kind: "system", orgId } };
  const org = await createOrg.run(system, {
    slug,
    name: slug,
    owner: { email: `owner@${slug}.example`, name: "Olga Owner" },
  });
  const memberId = decodeId("member", org.ownerId);
  const context: Context = {
    ...shared,
    requestId: "test",
    actor: { kind: "member", orgId, memberId, role: "owner" },
  };
  const project = await createProject.run(context, { slug: "web", name: "Web" });
  const agent = await createAgent.run(context, { projectId: project.id, name: "builder" });
  const policy = await createPolicy.run(context, {
    name: "base",
    layer: "org",
    text: policyText,
  });
  let base = policy.liveVersion;

  async function newKey(kind: "live" | "test" = "test", agentId = agent.id) {
    const made = await createAgentKey.run(context, { agentId, kind });
    return { key: made.key, keyId: made.id };
  }

  return {
    slug,
    orgId,
    context,
    projectId: project.id,
    agentId: agent.id,
    policyId: policy.id,
    ...(await newKey()),
    newKey: (kind) => newKey(kind),
    async newAgent() {
      const name = `agent-${randomBytes(4).toString("hex")}`;
      const { id } = await createAgent.run(context, { projectId: project.id, name });
      const { key } = await newKey("test", id);
      return {
        key,
        async archive() {
          await archiveAgent.run(context, { id });
        },
      };
    },
    async revokeKey(keyId) {
      await revokeAgentKey.run(context, { id: keyId });
    },
    async publish(text) {
      const done = await publishPolicy.run(context, { id: policy.id, base, text, message: "test" });
      base = done.liveVersion;
    },
  };
}
