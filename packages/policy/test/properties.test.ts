/** What holds for every policy and every attempt. */
import type { Action } from "@yolo/core/action";
import { type Decision, strictest } from "@yolo/core/decision";
import { spellResource } from "@yolo/core/spelling";
import fc from "fast-check";
import { expect, test } from "vitest";
import { compilePolicy } from "../src/compile.ts";
import type { Engine } from "../src/engine.ts";
import { randomAction, randomDenials, randomPolicy, randomSubject } from "./generate.ts";
import { Random } from "./random.ts";
import { respelt } from "./respell.ts";

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const RUNS = { numRuns: 250 };
const ATTEMPTS = 10;

function engineOf(...texts: readonly string[]): Engine {
  return compilePolicy(
    texts.map((text, index) => ({ policyId: `p${index}`, version: 1, layer: "org", text })),
  );
}

/** Tries the attempts of one random policy; `judge` sees each action with a way to decide it. */
function forAttempts(
  random: Random,
  judge: (attempt: {
    action: Action;
    decide: (engine: Engine, action?: Action) => Decision;
  }) => void,
): void {
  for (let count = 0; count < ATTEMPTS; count += 1) {
    const subject = randomSubject(random);
    const action = randomAction(random);
    const moment = { now: random.below(86_400_000), usage: {} };
    const decide = (engine: Engine, other = action) => engine.decide(subject, other, moment);
    judge({ action, decide });
  }
}

const shown = ({ effect, would, labels }: Decision) => ({ effect, would, labels });

test("neither the order of rules nor that of documents and policies matters", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const random = new Random(seed);
      const documents = randomPolicy(random).split("---\n");
      const shuffled = random.shuffled(documents.map((text) => shuffledRules(random, text)));
      const together = engineOf(documents.join("---\n"));
      const apart = engineOf(...shuffled);
      forAttempts(random, ({ decide }) => {
        expect(shown(decide(apart))).toEqual(shown(decide(together)));
      });
    }),
    RUNS,
  );
});

/** The document with the items of `policies` and `rules` in another order. */
function shuffledRules(random: Random, text: string): string {
  const lines = text.split("\n");
  const items = (key: string): string[] => {
    const from = lines.indexOf(key) + 1;
    const to = lines.findIndex((line, at) => at >= from && !line.startsWith("  - "));
    return from === 0 ? [] : random.shuffled(lines.slice(from, to < 0 ? lines.length : to));
  };
  const heads = lines.filter(
    (line) => !line.startsWith("  - ") && !/^(policies|rules):$/.test(line),
  );
  const policies = items("policies:");
  const sentences = policies.length > 0 ? ["policies:", ...policies] : [];
  return [...sentences, "rules:", ...items("rules:"), ...heads].join("\n");
}

test("without a rule that allows, nothing is allowed once it is enforced", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const random = new Random(seed);
      const engine = engineOf(randomPolicy(random, ["approve", "deny"]));
      forAttempts(random, ({ decide }) => expect(decide(engine).would).not.toBe("allow"));
    }),
    RUNS,
  );
});

test("a deny of the very thing wins over everything", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const random = new Random(seed);
      const text = randomPolicy(random);
      forAttempts(random, ({ action, decide }) => {
        const deny = `rules:\n  - deny: ${action.verb}\n`;
        expect(decide(engineOf(text, deny)).effect).toBe("deny");
      });
    }),
    { numRuns: 100 },
  );
});

test("adding a deny never allows more", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const random = new Random(seed);
      const text = randomPolicy(random);
      const documents = text.split("rules:\n");
      const at = random.below(documents.length - 1);
      const denied = documents
        .map((part, index) =>
          index === at ? `${part}rules:\n${randomDenials(random).join("\n")}\n` : `${part}rules:\n`,
        )
        .join("")
        .replace(/rules:\n$/, "");
      const [before, after] = [engineOf(text), engineOf(denied)];
      forAttempts(random, ({ decide }) => {
        const [old, fresh] = [decide(before), decide(after)];
        expect(fresh.effect).toBe(strictest(old.effect, fresh.effect));
        expect(fresh.would).toBe(strictest(old.would, fresh.would));
      });
    }),
    RUNS,
  );
});

test("another spelling of the same thing gets the same decision", () => {
  let respellings = 0;
  fc.assert(
    fc.property(seeds, (seed) => {
      const random = new Random(seed);
      const engine = engineOf(randomPolicy(random));
      forAttempts(random, ({ action, decide }) => {
        const spelling = spellResource(action.verb, action.resource);
        if ("problem" in spelling) return;
        const other = respelt(random, { ...action, resource: spelling.resource });
        if (other.resource !== spelling.resource) respellings += 1;
        expect(shown(decide(engine, other)), other.resource).toEqual(shown(decide(engine)));
      });
    }),
    RUNS,
  );
  expect(respellings).toBeGreaterThan(500);
});

test("any subject and any action get a decision", () => {
  const engine = engineOf(randomPolicy(new Random(7)), randomPolicy(new Random(8)));
  const anything = fc.anything({ withBigInt: true, withNullPrototype: true, maxDepth: 3 });
  fc.assert(
    fc.property(fc.record({ subject: anything, action: anything, moment: anything }), (hostile) => {
      // The types forbid such callers; data from outside may still have slipped through them.
      const decision: Decision = Reflect.apply(engine.decide, engine, Object.values(hostile));
      expect(decision.effect).toBe("deny");
      expect(decision.explanation).toContain("Denied");
    }),
    { numRuns: 2_000 },
  );
});
