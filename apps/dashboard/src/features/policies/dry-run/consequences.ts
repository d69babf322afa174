/** What a draft would have done to what is on record, summed up: calls and their list price. */
import type { Output } from "../../../data/api.ts";

type DryRun = Output<"GET /dry-runs/{id}">;

export interface Sum {
  readonly calls: number;
  readonly costMicros: number;
}

export interface Consequences {
  /** Would be refused, and were not. */
  readonly denied: Sum;
  /** Would pass, and were refused or had to wait. */
  readonly allowed: Sum;
  /** Would wait for a person, and did not. */
  readonly approvalsAdded: Sum;
  /** Would not wait for a person any more. */
  readonly approvalsAvoided: Sum;
}

/** Of what would be enforced; `would`: of what only documents in evaluate would have done. */
export function consequencesOf(
  groups: DryRun["groups"],
  counts: "enforced" | "would",
): Consequences {
  const own = groups.filter((group) => group.counts === counts);
  const sum = (isOne: (group: DryRun["groups"][number]) => boolean): Sum => {
    const chosen = own.filter(isOne);
    return {
      calls: chosen.reduce((total, { count }) => total + count, 0),
      costMicros: chosen.reduce((total, { costMicros }) => total + costMicros, 0),
    };
  };
  return {
    denied: sum(({ to }) => to === "deny"),
    allowed: sum(({ to }) => to === "allow"),
    approvalsAdded: sum(({ to }) => to === "approve"),
    approvalsAvoided: sum(({ from }) => from === "approve"),
  };
}

/** SHA-256 in hex, by which a dry run names its text; undefined where the browser has none (no https). */
export async function textSha256(text: string): Promise<string | undefined> {
  if (globalThis.crypto?.subtle === undefined) return undefined;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
