/** The policies that a dry run decides under, compiled per agent: the draft beside what was in force at its start. */
import type { Place } from "@yolo/control/policy/draft";
import { policyLayer } from "@yolo/control/policy/policy";
import { appliesAt, NEW_DRAFT, readVersions, type StackPolicy } from "@yolo/control/policy/stack";
import { resolveSources } from "@yolo/policy/compile";
import { engineOf } from "@yolo/policy/compile-documents";
import type { Engine } from "@yolo/policy/engine";
import type { ResolvedRule } from "@yolo/policy/resolve";
import type { DryRun } from "@yolo/store/generated/prisma/client";
import type { OrgTransaction } from "@yolo/store/prisma";
import { z } from "zod";

export interface AgentEngine {
  readonly engine: Engine;
  /** The rules whose conditions look at arguments. */
  readonly argumentRules: readonly ResolvedRule[];
}

export interface DraftStack {
  /** What decides about this agent; undefined where the draft is not about it. */
  engineFor(agent: {
    readonly projectId: string;
    readonly agentId: string;
  }): AgentEngine | undefined;
}

const COMPILED_MAX = 1_000;
const storedVersions = z.array(z.strictObject({ policyId: z.uuid(), version: z.int() }));

/** Reads the texts once. `engineFor` throws `policy_invalid` when one of them does not compile. */
export async function readDraftStack(
  transaction: OrgTransaction,
  row: DryRun,
): Promise<DraftStack> {
  const versions = storedVersions.parse(row.stack);
  const beside = await readVersions(transaction, row.orgId, versions);
  const layer = policyLayer.parse(row.layer);
  const place: Place = { layer, projectId: row.projectId, agentId: row.agentId };
  const draft: StackPolicy = {
    ...place,
    ...{ policyId: row.policyId ?? NEW_DRAFT, name: NEW_DRAFT, text: row.text },
    ...{ version: await nextVersion(transaction, row), isDraft: true, isArchived: false },
  };
  return stackOf(draft, beside);
}

function stackOf(draft: StackPolicy, beside: readonly StackPolicy[]): DraftStack {
  const compiled = new Map<string, AgentEngine>();
  return {
    engineFor({ projectId, agentId }) {
      const agent: Place = { layer: "agent", projectId, agentId };
      if (appliesAt([draft], agent).length === 0) return undefined;
      const sources = appliesAt([...beside, draft], agent);
      const key = sources.map(({ policyId }) => policyId).join(" ");
      const held = compiled.get(key);
      if (held !== undefined) return held;
      const documents = resolveSources(sources);
      const rules = documents.flatMap(({ resolved }) => resolved.rules);
      const made = { engine: engineOf(documents), argumentRules: rules.filter(readsArguments) };
      if (compiled.size >= COMPILED_MAX) compiled.clear();
      compiled.set(key, made);
      return made;
    },
  };
}

function readsArguments({ condition }: ResolvedRule): boolean {
  return [...(condition?.reads ?? [])].some((read) => /^args\b/.test(read));
}

async function nextVersion(
  transaction: OrgTransaction,
  { orgId, policyId }: DryRun,
): Promise<number> {
  if (policyId === null) return 1;
  const policy = await transaction.policy.findUniqueOrThrow({
    where: { orgId_id: { orgId, id: policyId } },
  });
  return policy.liveVersion + 1;
}
