/** A policy's own tests: the attempts it names, decided as they would be were every document enforced. */
import type { Action } from "@yolo/core/action";
import type { Decision } from "@yolo/core/decision";
import { type PolicySource, resolveSources } from "./compile.ts";
import { type DocumentSource, engineOf } from "./compile-documents.ts";
import type { PolicyDocument, PolicyTest } from "./document.ts";
import type { Engine, Moment, Subject } from "./engine.ts";
import type { Place } from "./issue.ts";
import { readConcreteVerb, verbOf } from "./verb.ts";

export interface TestResult {
  readonly policyId: string;
  readonly name: string;
  /** Where the test says what it expects. */
  readonly place: Place;
  readonly passed: boolean;
  /** What was expected and what was decided, and why. */
  readonly message: string;
  readonly decision: Decision;
}

/** Every test of all sources, decided under all of them together. Throws `policy_invalid` like `compilePolicy`. */
export function runTests(sources: readonly PolicySource[]): readonly TestResult[] {
  return runDocumentTests(resolveSources(sources));
}

/** The tests of documents that are free of errors. */
export function runDocumentTests(sources: readonly DocumentSource[]): readonly TestResult[] {
  if (sources.every(({ resolved }) => resolved.document.tests.length === 0)) return [];
  const engine = engineOf(sources.map(enforced));
  return sources.flatMap(({ source, resolved }) =>
    resolved.document.tests.map((test) => ({
      policyId: source.policyId,
      ...runTest(engine, resolved.document, test),
    })),
  );
}

/** A test judges what the rules say, not whether they are enforced yet. */
function enforced({ source, resolved }: DocumentSource): DocumentSource {
  return {
    source,
    resolved: { ...resolved, document: { ...resolved.document, mode: "enforce" } },
  };
}

function runTest(
  engine: Engine,
  document: PolicyDocument,
  test: PolicyTest,
): Omit<TestResult, "policyId"> {
  const decision = engine.decide(subjectOf(test, document), actionOf(test), momentOf(test));
  const { expect, rule, name } = test;
  const isExpected = decision.effect === expect.value;
  const isByRule = rule === undefined || decision.rules.some(({ id }) => id === rule.value);
  const wanted = rule === undefined ? "" : ` by rule \`${rule.value}\``;
  return {
    name: name.value,
    place: isExpected && rule !== undefined ? rule.place : expect.place,
    passed: isExpected && isByRule,
    message: `test \`${name.value}\` expects ${expect.value}${wanted}; decided: ${decision.effect}. ${decision.explanation}`,
    decision,
  };
}

function actionOf({ action, on, args, facts }: PolicyTest): Action {
  const result = readConcreteVerb(action.value);
  return {
    verb: verbOf("verb" in result ? result.verb.text : action.value),
    resource: on.value,
    args,
    facts,
  };
}

/** Who the test says: unless it says otherwise a verified user, and the agent that the document is for. */
function subjectOf(test: PolicyTest, { agents }: PolicyDocument): Subject {
  const [only, another] = agents ?? [];
  const isOne = only !== undefined && another === undefined && !/[*?{/]/.test(only.value);
  const { user } = test;
  return {
    agent: {
      id: "agt_test",
      name: test.agent ?? (isOne ? only.value : "agent"),
      project: test.project ?? "project",
    },
    user: {
      id: user?.id ?? "user",
      verified: user?.verified ?? true,
      roles: user?.roles ?? [],
      groups: user?.groups ?? [],
      scopes: user?.scopes ?? [],
      claims: user?.claims ?? {},
    },
    session: { id: test.session ?? "session" },
    tier: test.tier ?? "interactive",
  };
}

function momentOf({ now, usage }: PolicyTest): Moment {
  return { now: now === undefined ? 0 : Date.parse(now), usage };
}
