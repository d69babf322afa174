/**
 * The demo: an org with an owner, a project, an agent with its key, and a policy that is enforced, all made by the
 * verbs a person would use. Seeding again finds what is there and makes only what is missing.
 */
import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createAgent } from "@yolo/control/agent/create";
import { listAgents } from "@yolo/control/agent/list";
import { createAgentKey } from "@yolo/control/agent-key/create";
import { listAgentKeys } from "@yolo/control/agent-key/list";
import { createApiToken } from "@yolo/control/api-token/create";
import { addConnector } from "@yolo/control/connector/add";
import { listConnectors } from "@yolo/control/connector/list";
import type { Context } from "@yolo/control/context";
import { authenticate } from "@yolo/control/member/authenticate";
import { createOrg } from "@yolo/control/org/create";
import { setPassword } from "@yolo/control/person/password";
import { createPolicy } from "@yolo/control/policy/create";
import { createProject } from "@yolo/control/project/create";
import { listProjects } from "@yolo/control/project/list";
import { systemClock } from "@yolo/core/clock";
import { toAppError } from "@yolo/core/errors";
import { encodeId, newId } from "@yolo/core/ids";
import type { Secret } from "@yolo/core/secret";
import { hashesOf } from "@yolo/identity/token";
import { connectDatabase, type Database, inOrg } from "@yolo/store/prisma";
import { readSecrets, type Secrets } from "@yolo/store/secrets-file";

const ORG = "demo";
const PROJECT = "web";
const AGENT = "claude-code";
const POLICY = "demo";
const OWNER = { email: "owner@demo.example", name: "Dana Demo" };

/** Credentials of an earlier seeding: they are shown once, so whoever wants them again must keep them. */
export interface KeptCredentials {
  readonly apiToken?: string | undefined;
  /** The owner's password. */
  readonly password?: string | undefined;
  readonly testKey?: string | undefined;
  readonly liveKey?: string | undefined;
  /** SHA-256 of the provider credential that the newest connector holds, in hex. */
  readonly credentialHash?: string | undefined;
}

export interface Demo {
  readonly org: string;
  readonly memberEmail: string;
  readonly memberPassword: string;
  readonly project: string;
  readonly agent: string;
  readonly apiToken: string;
  /** Of the kind that reaches `upstream`. */
  readonly agentKey: string;
  readonly upstream: "anthropic" | "test-model";
  /** What to hand in next time as `kept`. */
  readonly keep: KeptCredentials;
}

export interface Seeding {
  /** Of the role `yolo_app`. */
  readonly databaseUrl: string;
  readonly secretsFile: string;
  /** With it, Anthropic is the default upstream and the key a live one; without, the test model answers. */
  readonly anthropicApiKey?: Secret | undefined;
  readonly kept: KeptCredentials;
}

/** Throws what the verbs throw. Kept credentials that no longer work are replaced. */
export async function seedDemo(seeding: Seeding): Promise<Demo> {
  const database = connectDatabase(seeding.databaseUrl);
  try {
    const secrets = readSecrets(seeding.secretsFile);
    return await seed(await asOwner(database, secrets), seeding);
  } finally {
    await database.$disconnect();
  }
}

async function seed(owner: Context, { anthropicApiKey, kept }: Seeding): Promise<Demo> {
  const agentId = await findOrCreateAgent(owner, await findOrCreateProject(owner));
  await publishPolicyOnce(owner);
  const credentialHash = await connect(owner, anthropicApiKey, kept.credentialHash);
  const apiToken = await keepToken(owner, kept.apiToken);
  const password = await keepPassword(owner, kept.password);
  const live = anthropicApiKey !== undefined;
  const agentKey = live
    ? await keepKey(owner, { agentId, kind: "live", kept: kept.liveKey })
    : await keepKey(owner, { agentId, kind: "test", kept: kept.testKey });
  return {
    org: ORG,
    memberEmail: OWNER.email,
    memberPassword: password,
    project: PROJECT,
    agent: AGENT,
    apiToken,
    agentKey,
    upstream: live ? "anthropic" : "test-model",
    keep: { ...kept, apiToken, password, credentialHash, [live ? "liveKey" : "testKey"]: agentKey },
  };
}

/** The demo org's owner, who is founded with it the first time. */
async function asOwner(database: Database, secrets: Secrets): Promise<Context> {
  const requestId = encodeId("record", newId());
  const shared = { database, secrets, requestId, clock: systemClock };
  const found = await database.org.findUnique({ where: { slug: ORG } });
  const orgId = found?.id ?? newId();
  if (found === null) {
    const system = { ...shared, actor: { kind: "system", orgId } } as const;
    await createOrg.run(system, { slug: ORG, name: "Demo", owner: OWNER });
  }
  const member = await inOrg(database, orgId, (transaction) =>
    transaction.member.findFirstOrThrow({ where: { role: "owner" }, orderBy: { id: "asc" } }),
  );
  return { ...shared, actor: { kind: "member", orgId, memberId: member.id, role: "owner" } };
}

async function findOrCreateProject(owner: Context): Promise<string> {
  const { data } = await listProjects.run(owner, {});
  const found = data.find((project) => project.slug === PROJECT);
  return (found ?? (await createProject.run(owner, { slug: PROJECT, name: "Web" }))).id;
}

async function findOrCreateAgent(owner: Context, projectId: string): Promise<string> {
  const { data } = await listAgents.run(owner, { project: projectId });
  const found = data.find((agent) => agent.name === AGENT);
  return (found ?? (await createAgent.run(owner, { projectId, name: AGENT }))).id;
}

/** A policy that a person has changed or archived since stays as they left it. */
async function publishPolicyOnce(owner: Context): Promise<void> {
  const found = await inOrg(owner.database, owner.actor.orgId, (transaction) =>
    transaction.policy.count({ where: { name: POLICY } }),
  );
  if (found > 0) return;
  const text = readFileSync(join(import.meta.dirname, "demo-policy.yaml"), "utf8");
  await createPolicy.run(owner, { name: POLICY, layer: "org", text });
}

/** A new credential gets a new connector, which becomes the default. The hash of the newest one comes back. */
async function connect(
  owner: Context,
  apiKey: Secret | undefined,
  keptHash: string | undefined,
): Promise<string | undefined> {
  if (apiKey === undefined) return keptHash;
  const credential = apiKey.reveal();
  const hash = createHash("sha256").update(credential).digest("hex");
  const { data } = await listConnectors.run(owner, {});
  if (data.length > 0 && hash === keptHash) return hash;
  await addConnector.run(owner, {
    name: data.length === 0 ? "anthropic" : `anthropic-${data.length + 1}`,
    provider: "anthropic",
    mode: "vaulted",
    credential,
    isDefault: true,
  });
  return hash;
}

async function keepToken(owner: Context, kept: string | undefined): Promise<string> {
  if (kept !== undefined && (await works(owner, kept))) return kept;
  return (await createApiToken.run(owner, { name: "demo scripts" })).token;
}

/** A password that the owner has changed since is theirs; then the one kept is given back, which signs nobody in. */
async function keepPassword(owner: Context, kept: string | undefined): Promise<string> {
  const account = await owner.database.account.findFirst({
    where: { providerId: "credential", person: { email: OWNER.email } },
  });
  if (kept !== undefined && account !== null) return kept;
  const person = await owner.database.person.findUniqueOrThrow({ where: { email: OWNER.email } });
  const password = randomBytes(12).toString("base64url");
  await setPassword(owner.database, person.id, password);
  return password;
}

async function works(owner: Context, token: string): Promise<boolean> {
  try {
    return (await authenticate(owner, token)).orgId === owner.actor.orgId;
  } catch (thrown) {
    if (toAppError(thrown).code === "invalid_key") return false;
    throw thrown;
  }
}

interface WantedKey {
  readonly agentId: string;
  readonly kind: "live" | "test";
  readonly kept: string | undefined;
}

async function keepKey(owner: Context, { agentId, kind, kept }: WantedKey): Promise<string> {
  if (kept !== undefined && (await opens(owner, agentId, kept))) return kept;
  return (await createAgentKey.run(owner, { agentId, kind })).key;
}

/** Whether this key is one of the agent's and neither revoked nor expired. */
async function opens(owner: Context, agentId: string, key: string): Promise<boolean> {
  const hashes = hashesOf(owner.secrets.peppers, key).map((hash) => Uint8Array.from(hash));
  const row = await owner.database.agentKeyHash.findFirst({ where: { hash: { in: hashes } } });
  if (row === null) return false;
  const { data } = await listAgentKeys.run(owner, { agent: agentId });
  const found = data.find((agentKey) => agentKey.id === encodeId("agentKey", row.keyId));
  return found !== undefined && found.revokedAt === null && found.expiresAt === null;
}
