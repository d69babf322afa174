/** Several decisions on one request as one. */
import type { Action } from "@yolo/core/action";
import { type Decision, strictest } from "@yolo/core/decision";
import { FAILED, forAction } from "./explanation.ts";

export interface Judged {
  readonly action: Action;
  readonly decision: Decision;
}

/** The strictest, made by the rules of every action that is decided so; the first such action is named. */
export function strictestOf(judged: readonly Judged[]): Decision {
  const effect = judged.map(({ decision }) => decision.effect).reduce(strictest, "allow");
  const would = judged.map(({ decision }) => decision.would).reduce(strictest, "allow");
  const decisive = judged.filter(({ decision }) => decision.effect === effect);
  const wouldBe = judged.filter(({ decision }) => decision.would === would);
  const [first] = decisive;
  return {
    effect,
    would,
    rules: distinct(decisive.flatMap(({ decision }) => decision.rules)),
    wouldRules: distinct(wouldBe.flatMap(({ decision }) => decision.wouldRules)),
    labels: distinct(judged.flatMap(({ decision }) => decision.labels)).toSorted(),
    explanation: first === undefined ? FAILED : forAction(first.action, first.decision.explanation),
  };
}

function distinct<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Set(values)];
}
