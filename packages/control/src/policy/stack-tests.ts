/** The tests of policies, each run where its policy stands: under its own layer and those above it. */
import { runTests, type TestResult } from "@yolo/policy/run-tests";
import { appliesAt, placeKey, type StackPolicy } from "./stack.ts";

export interface StackTest extends TestResult {
  readonly policy: StackPolicy;
}

export interface StackTests {
  readonly tests: readonly StackTest[];
  /** Policies of lower layers whose tests were left out because there are too many places. */
  readonly policiesLeftOut: number;
}

/** Most projects and agents whose tests are run at once. */
const PLACES_MAX = 50;

/**
 * Every test, or with a draft in the stack those that it can change: its own, and those at its place and below.
 * The draft's own place comes first. Throws `policy_invalid` when a policy that applies has errors.
 */
export function runStackTests(stack: readonly StackPolicy[]): StackTests {
  const draft = stack.find(({ isDraft }) => isDraft);
  const concerned = stack.filter(
    (policy) =>
      !policy.isArchived && (draft === undefined || appliesAt([draft], policy).length > 0),
  );
  const places = new Map<string, StackPolicy[]>(draft && [[placeKey(draft), []]]);
  for (const policy of concerned) {
    const here = places.get(placeKey(policy)) ?? [];
    here.push(policy);
    places.set(placeKey(policy), here);
  }
  const groups = [...places.values()].filter((group) => group.some(mayHaveTests));
  return {
    tests: groups.slice(0, PLACES_MAX).flatMap((group) => testsOf(group, stack)),
    policiesLeftOut: groups.slice(PLACES_MAX).flat().filter(mayHaveTests).length,
  };
}

/** Whether a failure refuses to publish the draft: that of a lower layer is only told. */
export function isBlocking({ policy }: StackTest, stack: readonly StackPolicy[]): boolean {
  const draft = stack.find(({ isDraft }) => isDraft);
  return draft !== undefined && placeKey(policy) === placeKey(draft);
}

function testsOf(group: readonly StackPolicy[], stack: readonly StackPolicy[]): StackTest[] {
  const [first] = group;
  if (first === undefined) return [];
  return runTests(appliesAt(stack, first)).flatMap((result) => {
    const policy = group.find(({ policyId }) => policyId === result.policyId);
    return policy === undefined ? [] : [{ ...result, policy }];
  });
}

/** A text without the word has no tests, which spares reading it. */
function mayHaveTests({ text }: StackPolicy): boolean {
  return text.includes("tests");
}
