/** What a decision says: sentences that a person and a model can act on. */
import type { Action } from "@yolo/core/action";
import type { Decision, RuleReference } from "@yolo/core/decision";
import type { CompiledRule } from "./compiled-rule.ts";

export const FAILED = "Denied: the policy could not be applied to this action.";

const VERDICTS = { allow: "Allowed", approve: "Waits for approval", deny: "Denied" } as const;

/** `Denied by rule `history-stands` (line 31): History is not rewritten.` */
export function ruleExplanation(reference: RuleReference): string {
  const { effect, reason } = reference;
  return `${VERDICTS[effect]} by ${ruleName(reference)}${reason === undefined ? "." : `: ${reason}`}`;
}

/** `rule `history-stands` (line 31)`, or `the rule on line 31` where it has no id. */
export function ruleName({ id, line }: RuleReference): string {
  return id === `line ${line}` ? `the rule on line ${line}` : `rule \`${id}\` (line ${line})`;
}

/** Adds why the deciding rule's condition counts although it was not found true. */
export function withError(explanation: string, error: string): string {
  return `${explanation} Its condition failed, which counts as true here: ${error}.`;
}

/** The same explanation where a request holds several actions and this one decides. */
export function forAction(action: Action, explanation: string): string {
  return `${shownAction(action)}: ${explanation}`;
}

export function allowedByDefault(): string {
  return "Allowed: every policy that applies is in evaluate, so nothing is enforced yet.";
}

/** The decision on an action that names nothing, or nothing in one way only. */
export function unreadable(action: Action, problem: string): string {
  return `Denied: ${shownAction(action)} cannot be read: ${problem}.`;
}

export function refusal(explanation: string): Decision {
  return {
    effect: "deny",
    would: "deny",
    rules: [],
    wouldRules: [],
    labels: [],
    explanation,
  };
}

/** The rule in one line: `allow llm:invoke on anthropic/claude-sonnet-*`. */
export function ruleText({ effect, heads }: CompiledRule): string {
  const verbs = heads.map(({ verb }) => verb.text);
  const resources = new Set(
    heads.flatMap((head) => [...head.resources.values()].flatMap(({ texts }) => texts)),
  );
  const on = resources.size === 0 ? "" : ` on ${listed([...resources])}`;
  return `${effect} ${listed(verbs)}${on}`;
}

export function shownAction({ verb, resource }: Action): string {
  return `${shown(verb)} on ${shown(resource)}`;
}

function listed(words: readonly string[]): string {
  const [first = "", second = ""] = words;
  if (words.length <= 3) return words.join(", ");
  return `${first}, ${second} and ${words.length - 2} more`;
}

/** At most 200 characters of what a caller sent, on one line. */
function shown(text: string): string {
  const line = text.slice(0, 400).replaceAll(/[\p{C}\p{Z}]+/gu, " ");
  return line.length <= 200 ? line : `${line.slice(0, 199)}…`;
}
