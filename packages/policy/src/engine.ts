/**
 * The decision: default deny; deny > approve > allow whatever the order and the layer; boundaries judged alone; the
 * strictest wins. Pure: the same rules, subject, action and moment always give the same decision. Never throws.
 */
import type { Action, Actions, Json } from "@yolo/core/action";
import { type Decision, type Effect, type RuleReference, strictest } from "@yolo/core/decision";
import type { CompiledDocument, CompiledRule } from "./compiled-rule.ts";
import { allowedByDefault, defaultDenial, FAILED, forAction, unknownVerb } from "./explanation.ts";
import { matchesResource, RuleIndex } from "./rule-index.ts";
import type { Tier } from "./schema.ts";
import { Tally } from "./tally.ts";
import { generalVerb, verbKey } from "./verb.ts";

/** Who acts. */
export interface Subject {
  readonly agent: { readonly id: string; readonly name: string; readonly project: string };
  readonly user: {
    readonly id: string;
    /** Whether a token proved the user; if not, roles, groups, scopes and claims count as absent. */
    readonly verified: boolean;
    readonly roles: readonly string[];
    readonly groups: readonly string[];
    readonly scopes: readonly string[];
    readonly claims: Readonly<Record<string, Json>>;
  };
  readonly session: { readonly id: string };
  readonly tier: Tier;
}

/** What is true at this moment; time and counters come in as facts. */
export interface Moment {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly usage: Readonly<Record<string, number>>;
}

export interface Engine {
  /** The decision on one action; for a special verb (`git:force_push`) its general one must pass too. */
  decide(subject: Subject, action: Action, moment: Moment): Decision;
  /** The strictest decision on all actions of a request; the explanation names the first action that made it. */
  decideAll(subject: Subject, actions: Actions, moment: Moment): Decision;
}

export function createEngine(
  documents: readonly CompiledDocument[],
  rules: readonly CompiledRule[],
): Engine {
  const judge = new Judge(documents, rules);
  return {
    decide: (subject, action, moment) => judge.decide(subject, action, moment),
    decideAll: (subject, actions, moment) => judge.decideAll(subject, actions, moment),
  };
}

class Judge {
  readonly #documents: readonly CompiledDocument[];
  readonly #rules: readonly CompiledRule[];
  readonly #index: RuleIndex;

  constructor(documents: readonly CompiledDocument[], rules: readonly CompiledRule[]) {
    this.#documents = documents;
    this.#rules = rules;
    this.#index = new RuleIndex(rules);
  }

  decideAll(subject: Subject, actions: Actions, moment: Moment): Decision {
    const [first, ...others] = actions;
    const one = this.decide(subject, first, moment);
    if (others.length === 0) return one;
    const all = others.map((action) => ({
      action,
      decision: this.decide(subject, action, moment),
    }));
    return strictestOf([{ action: first, decision: one }, ...all]);
  }

  decide(subject: Subject, action: Action, moment: Moment): Decision {
    try {
      const general = generalVerb(action.verb);
      const special = this.#decide(subject, action, moment);
      if (general === undefined) return special;
      const asGeneral: Action = { ...action, verb: general };
      return strictestOf([
        { action, decision: special },
        { action: asGeneral, decision: this.#decide(subject, asGeneral, moment) },
      ]);
    } catch {
      return refusal(FAILED);
    }
  }

  #decide(subject: Subject, action: Action, _moment: Moment): Decision {
    const candidates = this.#index.candidates(verbKey(action.verb));
    if (candidates === undefined) return refusal(unknownVerb(action));
    const tally = new Tally(this.#documents, subject);
    for (const candidate of candidates) {
      const { rule } = candidate;
      if (!tally.applies(rule.document)) continue;
      if (!matchesResource(candidate, action.resource)) continue;
      if (rule.who !== undefined && !rule.who(subject)) continue;
      tally.add(rule);
    }
    const effect = tally.effect("enforced");
    const would = tally.effect("would");
    const rules = tally.rules("enforced", effect);
    const [decisive] = rules;
    return {
      effect,
      would,
      rules: rules.map(({ reference }) => reference),
      wouldRules: tally.rules("would", would).map(({ reference }) => reference),
      labels: [],
      explanation:
        decisive?.explanation ??
        (effect === "deny"
          ? defaultDenial({ action, subject, rules: this.#rules, tally })
          : allowedByDefault()),
    };
  }
}

interface Judged {
  readonly action: Action;
  readonly decision: Decision;
}

/** One decision for several actions: the strictest, made by the rules of every action that is decided so. */
function strictestOf(judged: readonly Judged[]): Decision {
  const effect = judged.map(({ decision }) => decision.effect).reduce(strictest);
  const would = judged.map(({ decision }) => decision.would).reduce(strictest);
  const decisive = judged.filter(({ decision }) => decision.effect === effect);
  const [first] = decisive;
  return {
    effect,
    would,
    rules: distinct(decisive.flatMap(({ decision }) => decision.rules)),
    wouldRules: distinct(
      judged.flatMap(({ decision }) => (decision.would === would ? decision.wouldRules : [])),
    ),
    labels: [...new Set(judged.flatMap(({ decision }) => decision.labels))].sort(),
    explanation: first === undefined ? FAILED : forAction(first.action, first.decision.explanation),
  };
}

function distinct(references: readonly RuleReference[]): readonly RuleReference[] {
  return [...new Set(references)];
}

function refusal(explanation: string): Decision {
  const effect: Effect = "deny";
  return { effect, would: effect, rules: [], wouldRules: [], labels: [], explanation };
}
