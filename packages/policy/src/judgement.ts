/** One action before all the rules: which match, which fail to be evaluated, and what follows. */
import type { Action } from "@yolo/core/action";
import type { Decision } from "@yolo/core/decision";
import type { Candidate } from "./candidate.ts";
import type { CompiledDocument, CompiledRule } from "./compiled-rule.ts";
import { ConditionFacts } from "./condition-facts.ts";
import { defaultDenial, type NearMiss } from "./denial.ts";
import type { Moment, Subject } from "./engine.ts";
import { allowedByDefault, withError } from "./explanation.ts";
import { labelsOf } from "./labels.ts";
import type { ResourceIndex } from "./resource-index.ts";
import type { RuleIndex } from "./rule-index.ts";
import type { Selection } from "./selection.ts";
import { Tally } from "./tally.ts";
import { matchesVerb } from "./verb.ts";

export interface JudgementContext {
  readonly subject: Subject;
  readonly action: Action;
  readonly moment: Moment;
  readonly selection: Selection;
  readonly documents: readonly CompiledDocument[];
  readonly index: RuleIndex;
}

export class Judgement {
  readonly #context: JudgementContext;
  readonly #about: ResourceIndex;
  readonly #tally: Tally;
  readonly #labels: readonly string[];
  #facts: ConditionFacts | undefined;
  /** An allow that is about the action and does not count for another reason. */
  #nearMiss: NearMiss | undefined;
  /** A rule whose condition could not be evaluated, and why. */
  #errors: Map<CompiledRule, string> | undefined;

  constructor(context: JudgementContext, about: ResourceIndex) {
    this.#context = context;
    this.#about = about;
    this.#tally = new Tally(context.selection);
    this.#labels = labelsOf(context);
  }

  decision(): Decision {
    const { resource } = this.#context.action;
    const alike = this.#about.find(resource, (candidate) => this.#consider(candidate));
    const effect = this.#tally.effect("enforced");
    const would = this.#tally.effect("would");
    const rules = this.#tally.rules("enforced", effect);
    const wouldRules = this.#tally.rules("would", would);
    const [decisive] = rules;
    return {
      effect,
      would,
      rules: rules.map(({ reference }) => reference),
      wouldRules: wouldRules.map(({ reference }) => reference),
      labels: this.#labels,
      explanation: decisive ? this.#explain(decisive) : this.#explainDefault(effect, alike),
    };
  }

  #consider(candidate: Candidate): void {
    const { rule, verb } = candidate;
    const { selection, action, subject } = this.#context;
    if (!selection.applies[rule.document.index]) return;
    if (verb !== undefined && !matchesVerb(verb, action.verb)) return;
    const failed = rule.who?.(subject);
    if (failed !== undefined) {
      this.#miss({ rule, part: failed });
    } else if (rule.condition === undefined || this.#holds(rule)) {
      this.#tally.add(rule);
      if (!rule.isEnforced) this.#miss({ rule, part: "mode" });
    }
  }

  /** A deny or an approve that cannot be evaluated matches, an allow does not: closed either way. */
  #holds(rule: CompiledRule): boolean {
    this.#facts ??= new ConditionFacts({ ...this.#context, labels: this.#labels });
    const holds = rule.condition?.holds(this.#facts) ?? true;
    if (typeof holds === "boolean") {
      if (!holds) this.#miss({ rule, part: "if" });
      return holds;
    }
    this.#errors ??= new Map();
    this.#errors.set(rule, holds.error);
    this.#miss({ rule, part: "if", error: holds.error });
    return rule.effect !== "allow";
  }

  #miss(miss: NearMiss): void {
    if (miss.rule.effect !== "allow") return;
    const before = this.#nearMiss;
    if (before === undefined || miss.rule.index < before.rule.index) this.#nearMiss = miss;
  }

  #explain(decisive: CompiledRule): string {
    const error = this.#errors?.get(decisive);
    return error === undefined ? decisive.explanation : withError(decisive.explanation, error);
  }

  #explainDefault(effect: Decision["effect"], alike: Candidate | undefined): string {
    if (effect !== "deny") return allowedByDefault();
    return defaultDenial({
      ...this.#context,
      about: this.#about,
      group: this.#tally.silentGroup(),
      nearMiss: this.#nearMiss,
      alike,
    });
  }
}
