/** What is written before an action leaves, in the form `org.admit_2` takes it. */

import type { Json, SurfaceName } from "@yolo/core/action";
import type { Effect, RuleReference } from "@yolo/core/decision";
import type { Finding } from "@yolo/core/finding";

/** An action as it stands on record in clear; its arguments lie in the payload. */
export interface RecordedAction {
  readonly verb: string;
  readonly resource: string;
  readonly facts: { readonly [name: string]: Json };
}

export interface Intent {
  readonly id: string;
  readonly org: string;
  /** Revision of the snapshot the decision was made with, in decimal digits. */
  readonly revision: string;
  readonly instance: string;
  readonly project: string;
  readonly agent: string;
  readonly key: string;
  /** Outside id of the member accountable for the key, or the verified end user. */
  readonly user: string;
  readonly session: string;
  readonly clientSession: string | null;
  /** False only when this process has seen the session committed. */
  readonly newSession: boolean;
  readonly subagent: string | null;
  readonly parentSubagent: string | null;
  readonly clientRef: string | null;
  readonly tier: "interactive" | "subagent" | "background" | "api";
  readonly surface: SurfaceName;
  /** Verb and resource of the first action: what the request is. The explanation names the action that decided. */
  readonly verb: string;
  readonly resource: string;
  /** Every action in order, with the facts a policy could look at. */
  readonly actions: readonly RecordedAction[];
  /** SHA-256 of the canonical actions, hex. */
  readonly actionHash: string;
  readonly decision: Effect;
  readonly would: Effect;
  readonly rules: readonly RuleReference[];
  readonly wouldRules: readonly RuleReference[];
  readonly explanation: string;
  readonly policies: readonly { readonly policyId: string; readonly version: number }[];
  readonly labels: readonly string[];
  readonly findings: readonly Finding[];
  readonly requestBytes: number;
  /** Sealed; null when nothing is captured. */
  readonly payload: Uint8Array | null;
  /** Of a refused call only: what the client is told, and how long that took. */
  readonly status: number | null;
  readonly error: string | null;
  readonly latencyMs: number | null;
}
