/** Asks the engine and the naive evaluator the same questions and tells the first on which they differ. */
import type { Action } from "@yolo/core/action";
import type { Decision } from "@yolo/core/decision";
import type { PolicySource } from "../src/compile.ts";
import type { Engine, Subject } from "../src/engine.ts";
import { parsePolicy } from "../src/parse.ts";
import { CONDITIONS } from "./conditions.ts";
import { randomAction, randomPolicy, randomSubject } from "./generate.ts";
import { type NaiveDecision, naiveDecide } from "./naive-evaluator.ts";
import { Random } from "./random.ts";

export interface Question {
  readonly text: string;
  readonly attempts: readonly Attempt[];
}

export interface Attempt {
  readonly subject: Subject;
  readonly action: Action;
  readonly now: number;
  readonly expected: NaiveDecision;
}

/** Attempts on one random policy. */
const ATTEMPTS = 50;

/** A random policy with attempts and what the naive evaluator decides on each. */
export function randomQuestion(seed: number): Question {
  const random = new Random(seed);
  const text = randomPolicy(random);
  const { documents } = parsePolicy(text);
  const attempts = Array.from({ length: ATTEMPTS }, () => {
    const subject = randomSubject(random);
    const action = randomAction(random);
    const now = random.below(86_400_000);
    const expected = naiveDecide(documents, CONDITIONS, {
      subject,
      action,
      moment: { now, usage: {} },
    });
    return { subject, action, now, expected };
  });
  return { text, attempts };
}

/** The first difference between the engine and what was expected, in words; `undefined`: none. */
export function differenceOn(
  question: Question,
  compile: (sources: readonly PolicySource[]) => Engine,
): string | undefined {
  const { text, attempts } = question;
  const engine = compile([{ policyId: "pol", version: 1, layer: "org", text }]);
  for (const { subject, action, now, expected } of attempts) {
    const decision = engine.decide(subject, action, { now, usage: {} });
    const actual = comparable(decision);
    if (JSON.stringify(actual) !== JSON.stringify(expected)) {
      return `${text}\n${JSON.stringify({ subject, action, now })}\nengine: ${JSON.stringify(actual)} ${decision.explanation}\nnaive:  ${JSON.stringify(expected)}`;
    }
  }
  return undefined;
}

function comparable({ effect, would, rules, wouldRules, labels }: Decision): NaiveDecision {
  const lines = (references: Decision["rules"]): readonly number[] =>
    [...new Set(references.map(({ line }) => line))].sort((a, b) => a - b);
  return { effect, would, rules: lines(rules), wouldRules: lines(wouldRules), labels };
}
