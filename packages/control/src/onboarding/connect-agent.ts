/** Everything that a first call needs, in one transaction: project with its starter policy, agent and agent key. */
import { AppError } from "@yolo/core/errors";
import { newId } from "@yolo/core/ids";
import { STARTERS } from "@yolo/policy/starters";
import type { Agent as AgentRow, Project as ProjectRow } from "@yolo/store/generated/prisma/client";
import { z } from "zod";
import { Agent, showAgent } from "../agent/agent.ts";
import { AgentKey, agentKeyKind, showAgentKey } from "../agent-key/agent-key.ts";
import { mintAgentKey } from "../agent-key/mint.ts";
import { nameField, slugField } from "../fields.ts";
import { findAccountable } from "../member/find-accountable.ts";
import { requirePermission } from "../permissions.ts";
import { createStarterPolicy } from "../policy/create-starter.ts";
import { Policy } from "../policy/policy.ts";
import { Project, showProject } from "../project/project.ts";
import { type Scope, verb } from "../verb.ts";

const input = z.strictObject({
  /** The slug of a project; made where there is none. */
  project: slugField(),
  /** Of a project that is made; left out: its slug. */
  projectName: nameField().optional(),
  /** The policy that a project starts with where it is made, in evaluate for a day; left out: none. */
  starter: z.enum(STARTERS.map(({ id }) => id)).optional(),
  /** The name of an agent of the project; made where there is none. */
  agent: slugField(),
  kind: agentKeyKind.default("live"),
});
type Input = z.output<typeof input>;

const output = z.strictObject({
  project: Project,
  agent: Agent,
  /** The starter's, where the project was made now. */
  policy: Policy.nullable(),
  /** With the key itself: shown now and never again. */
  key: AgentKey.extend({ key: z.string() }),
});

/** Doing it again makes one more key and nothing else. Throws `conflict` when project or agent is archived. */
export const connectAgent = verb({
  name: "onboarding.connect",
  permission: "agent-keys:write",
  input,
  output,
  taken: "Somebody else made the same project or agent just now. Try again.",
  async run(scope, fields) {
    const { row, policy } = await findOrCreateProject(scope, fields);
    const agentRow = await findOrCreateAgent(scope, row.id, fields.agent);
    const memberId = await findAccountable(scope, undefined, "agent-keys:write-for-others");
    const minted = await mintAgentKey(scope, {
      ...{ agentId: agentRow.id, memberId, kind: fields.kind },
      ...{ name: null, expiresAt: null, rotatedFrom: null },
    });
    const made = { project: showProject(row), agent: showAgent(agentRow), policy };
    const agentKey = showAgentKey(minted.row);
    return {
      result: { ...made, key: { ...agentKey, key: minted.key } },
      change: { subject: made.agent.id, before: null, after: { ...made, agentKey } },
    };
  },
});

async function findOrCreateProject(
  scope: Scope,
  { project: slug, projectName = slug, starter: starterId }: Input,
): Promise<{ readonly row: ProjectRow; readonly policy: z.output<typeof Policy> | null }> {
  const { transaction, orgId } = scope;
  const found = await transaction.project.findFirst({ where: { orgId, slug } });
  if (found !== null) return { row: refuseArchived(found, `The project ${slug}`), policy: null };
  requirePermission(scope.actor, "projects:write");
  const row = await transaction.project.create({
    data: { orgId, id: newId(), slug, name: projectName, captureLevel: "redacted" },
  });
  const starter = STARTERS.find(({ id }) => id === starterId);
  const policy = starter === undefined ? null : await createStarterPolicy(scope, row, starter);
  return { row, policy };
}

async function findOrCreateAgent(scope: Scope, projectId: string, name: string): Promise<AgentRow> {
  const { transaction, orgId } = scope;
  const found = await transaction.agent.findFirst({ where: { orgId, projectId, name } });
  if (found !== null) return refuseArchived(found, `The agent ${name}`);
  requirePermission(scope.actor, "agents:write");
  return transaction.agent.create({ data: { orgId, id: newId(), projectId, name } });
}

function refuseArchived<Row extends { readonly archivedAt: Date | null }>(
  row: Row,
  what: string,
): Row {
  if (row.archivedAt === null) return row;
  throw new AppError("conflict", { message: `${what} is archived. Take another name.` });
}
