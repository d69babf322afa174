/** Documents and rules as the engine holds them: everything that can be prepared once is prepared. */

import type { Effect, RuleReference } from "@yolo/core/decision";
import type { VerbFamily } from "@yolo/core/verb-family";
import type { Condition } from "./condition.ts";
import type { GlobPattern } from "./glob.ts";
import type { VerbPattern } from "./verb.ts";
import type { AgentTest, WhoTest } from "./who.ts";

export interface Compiled {
  readonly documents: readonly CompiledDocument[];
  /** In the order of the sources and of their texts. */
  readonly rules: readonly CompiledRule[];
}

export interface CompiledDocument {
  /** Position among all documents of the engine. */
  readonly index: number;
  /** 0: ordinary documents, judged together; from 1: the boundary with that number, judged alone. */
  readonly group: number;
  readonly isEnforced: boolean;
  /** `undefined`: every agent. */
  readonly appliesTo: AgentTest | undefined;
  readonly labels: readonly CompiledLabel[];
}

export interface CompiledLabel {
  readonly label: string;
  readonly resources: ReadonlyMap<VerbFamily, ResourcePatterns>;
}

export interface CompiledRule {
  /** Position among all rules of the engine. */
  readonly index: number;
  readonly reference: RuleReference;
  readonly document: CompiledDocument;
  readonly effect: Effect;
  /** Whether the rule counts in what is enforced, and not only in what would be. */
  readonly isEnforced: boolean;
  readonly heads: readonly RuleHead[];
  readonly who: WhoTest | undefined;
  readonly condition: Condition | undefined;
  /** What is said where this rule decides. */
  readonly explanation: string;
}

/** One verb of a rule with the rule's resources as they read after that verb. */
export interface RuleHead {
  readonly verb: VerbPattern;
  readonly resources: ReadonlyMap<VerbFamily, ResourcePatterns>;
}

export interface ResourcePatterns {
  /** The long forms, as they are shown; empty: every resource. */
  readonly texts: readonly string[];
  /** `undefined`: every resource. */
  readonly patterns: readonly GlobPattern[] | undefined;
}
