/** The compiled policy of each agent: its documents of all layers together, compiled once per set of versions. */
import { AppError } from "@yolo/core/errors";
import { compilePolicy, type Layer, type PolicySource } from "@yolo/policy/compile";
import type { Engine } from "@yolo/policy/engine";
import type { SnapshotKey } from "./snapshot.ts";

export interface PolicyRow {
  readonly id: string;
  readonly layer: Layer;
  readonly projectId: string | null;
  readonly agentId: string | null;
  readonly version: number;
  readonly text: string;
}

export interface AgentPolicy {
  readonly engine: Engine;
  readonly versions: readonly { readonly policyId: string; readonly version: number }[];
}

export interface PolicyCompiler {
  /**
   * The policy of a key's agent. `rows`: the newest versions of each policy of the org, newest first.
   * Throws `policy_unavailable` when a policy has no version that compiles.
   */
  policyOf(rows: readonly PolicyRow[], key: SnapshotKey): AgentPolicy;
}

const COMPILED_MAX = 5_000;

/** Published versions never change, so what was compiled once serves every later snapshot. */
export function createPolicyCompiler(): PolicyCompiler {
  const compiled = new Map<string, AgentPolicy>();
  return {
    policyOf(rows, key) {
      const applying = rows.filter((row) => appliesTo(row, key));
      const name = applying.map(({ id, version }) => `${id}@${version}`).join(" ");
      const held = compiled.get(name);
      if (held !== undefined) return held;
      const policy = compile(applying);
      if (compiled.size >= COMPILED_MAX) compiled.clear();
      compiled.set(name, policy);
      return policy;
    },
  };
}

function appliesTo(row: PolicyRow, key: SnapshotKey): boolean {
  switch (row.layer) {
    case "org":
      return true;
    case "project":
      return row.projectId === key.project.id;
    case "agent":
      return row.agentId === key.agent.id;
    default:
      return row.layer satisfies never;
  }
}

function compile(rows: readonly PolicyRow[]): AgentPolicy {
  const versionsOf = new Map<string, PolicySource[]>();
  for (const { id, version, layer, text } of rows) {
    const source = { policyId: id, version, layer, text };
    versionsOf.set(id, [...(versionsOf.get(id) ?? []), source]);
  }
  const sources = [...versionsOf.values()].map(lastGoodVersion);
  return {
    engine: compilePolicy(sources),
    versions: sources.map(({ policyId, version }) => ({ policyId, version })),
  };
}

/**
 * The newest version that compiles here. Publishing lets nothing else through, so that an older one serves only
 * where a newer release has published what this one does not understand.
 */
function lastGoodVersion(newestFirst: readonly PolicySource[]): PolicySource {
  for (const source of newestFirst) {
    try {
      compilePolicy([source]);
      return source;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }
  throw new AppError("policy_unavailable", {
    message:
      "This agent's policy cannot be read by the gateway, so nothing is allowed. Publish it again.",
    detail: `no version of policy ${newestFirst[0]?.policyId ?? "?"} compiles`,
  });
}
