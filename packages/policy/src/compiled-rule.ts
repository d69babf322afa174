/** A rule as the engine holds it: everything that can be prepared once is prepared. */
import type { VerbFamily } from "@yolo/core/action";
import type { Effect, RuleReference } from "@yolo/core/decision";
import type { GlobPattern } from "./glob.ts";
import type { VerbPattern } from "./verb.ts";
import type { SubjectTest } from "./who.ts";

export interface CompiledDocument {
  /** Position among all documents of the engine. */
  readonly index: number;
  /** 0: ordinary documents, judged together; from 1: the boundary with that number, judged alone. */
  readonly group: number;
  readonly isEnforced: boolean;
  /** `undefined`: every agent. */
  readonly appliesTo: SubjectTest | undefined;
}

export interface CompiledRule {
  readonly reference: RuleReference;
  readonly document: CompiledDocument;
  readonly effect: Effect;
  /** Whether the rule counts in what is enforced, and not only in what would be. */
  readonly isEnforced: boolean;
  readonly heads: readonly RuleHead[];
  readonly who: SubjectTest | undefined;
  /** What is said where this rule decides. */
  readonly explanation: string;
}

/** One verb of a rule with the rule's resources as they read after that verb. */
export interface RuleHead {
  readonly verb: VerbPattern;
  /** Per family the verb reaches: the patterns; `undefined`: every resource. */
  readonly resources: ReadonlyMap<VerbFamily, ResourcePatterns>;
}

export interface ResourcePatterns {
  /** The long forms, as they are shown; empty: every resource. */
  readonly texts: readonly string[];
  readonly patterns: readonly GlobPattern[] | undefined;
}
