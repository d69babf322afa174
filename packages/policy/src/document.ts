/** A policy document as it was written, each word with its place; nothing expanded, nothing normalised. */
import type { Json } from "@yolo/core/action";
import type { Effect } from "@yolo/core/decision";
import type { Place, Word } from "./issue.ts";
import type { Mode } from "./schema.ts";
import type { Tier } from "./tiers.ts";

export interface PolicyDocument {
  readonly place: Place;
  readonly mode: Mode;
  readonly isBoundary: boolean;
  /** Whom the document is for, globs over agent names; `undefined`: every agent. */
  readonly agents: readonly Word[] | undefined;
  /** Where `require: user` stands; `undefined` where it does not. */
  readonly requiresUser: Place | undefined;
  readonly labels: readonly PolicyLabel[];
  readonly volumes: readonly PolicyVolume[];
  /** Sentences first, then rules, each in the order of the text. */
  readonly rules: readonly PolicyRule[];
  readonly limits: readonly PolicyLimit[];
  readonly content: readonly PolicyContent[];
  readonly tests: readonly PolicyTest[];
}

export interface PolicyRule {
  /** A sentence (`verb on resource`) or a rule with keys of its own. */
  readonly form: "sentence" | "rule";
  readonly effect: Effect;
  readonly place: Place;
  readonly verbs: readonly Word[];
  /** Empty: every resource. */
  readonly resources: readonly Word[];
  readonly who: PolicyWho | undefined;
  readonly condition: Word | undefined;
  readonly id: Word | undefined;
  readonly always: boolean;
  readonly reason: string | undefined;
  /** `undefined` where nothing of it is said. */
  readonly approval: PolicyApproval | undefined;
}

/** Every part that is given must hold. */
export interface PolicyWho {
  readonly place: Place;
  readonly agents: readonly Word[] | undefined;
  readonly tiers: readonly Tier[] | undefined;
  readonly roles: readonly string[] | undefined;
  readonly groups: readonly string[] | undefined;
  readonly scopes: readonly string[] | undefined;
  readonly claims: ReadonlyMap<string, string | number | boolean> | undefined;
}

/** How an `approve` is decided; every part may be left out, not all. */
export interface PolicyApproval {
  readonly by: readonly Word[] | undefined;
  readonly quorum: Word<number> | undefined;
  readonly within: Word | undefined;
  readonly hold: Word | undefined;
  readonly notify: readonly Word[] | undefined;
}

export interface PolicyLabel {
  readonly label: Word;
  readonly resources: readonly Word[];
}

/** A named counter: the sum of an expression over the actions with these verbs in a rolling window. */
export interface PolicyVolume {
  readonly name: Word;
  readonly sum: Word;
  readonly of: readonly Word[];
  readonly over: Word;
}

/** A limit on what is used: its words as written. */
export interface PolicyLimit {
  readonly place: Place;
  readonly kinds: readonly ("rate" | "budget" | "loop")[];
  readonly alert: Place | undefined;
}

/** What is looked for in content. */
export interface PolicyContent {
  readonly place: Place;
  readonly find: readonly Word[];
}

export interface PolicyTest {
  readonly name: Word;
  readonly action: Word;
  readonly on: Word;
  readonly agent: string | undefined;
  readonly project: string | undefined;
  readonly tier: Tier | undefined;
  readonly session: string | undefined;
  readonly user: PolicyTestUser | undefined;
  readonly args: JsonObject;
  readonly facts: JsonObject;
  readonly usage: Readonly<Record<string, number>>;
  readonly now: string | undefined;
  readonly expect: Word<Effect>;
  readonly rule: Word | undefined;
}

export interface PolicyTestUser {
  readonly id: string | undefined;
  readonly verified: boolean;
  readonly roles: readonly string[];
  readonly groups: readonly string[];
  readonly scopes: readonly string[];
  readonly claims: JsonObject;
}

export type JsonObject = Readonly<Record<string, Json>>;
