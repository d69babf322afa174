import { expect, test } from "vitest";
import { compilePolicy } from "../src/compile.ts";
import { differenceOn, randomQuestion } from "./differential.ts";

const POLICIES = 2_000;

test("the engine and a naive evaluator agree on 100,000 random pairs of policy and attempt", () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const effects = new Map<string, number>();
  for (let index = 0; index < POLICIES; index += 1) {
    const question = randomQuestion(seed + index);
    expect(differenceOn(question, compilePolicy), `seed ${seed + index}`).toBeUndefined();
    for (const { expected } of question.attempts) {
      const key = `${expected.effect}/${expected.would}`;
      effects.set(key, (effects.get(key) ?? 0) + 1);
    }
  }
  const pairs = [...effects.values()].reduce((sum, count) => sum + count, 0);
  expect(pairs).toBe(100_000);
  for (const effect of [
    "allow/allow",
    "approve/approve",
    "deny/deny",
    "allow/deny",
    "allow/approve",
  ]) {
    expect(effects.get(effect), effect).toBeGreaterThan(100);
  }
}, 60_000);
