/** What a decision says: sentences that a person and a model can act on. */
import type { Action } from "@yolo/core/action";
import type { RuleReference } from "@yolo/core/decision";
import type { CompiledRule } from "./compiled-rule.ts";
import type { Subject } from "./engine.ts";
import { matchesAny } from "./glob.ts";
import type { Tally } from "./tally.ts";
import { familyOf, isFamily, matchesVerb, verbKey } from "./verb.ts";

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

/** The same explanation where a request holds several actions and this one decides. */
export function forAction({ verb, resource }: Action, explanation: string): string {
  return `${verb} on ${shown(resource)}: ${explanation}`;
}

export function allowedByDefault(): string {
  return "Allowed: every policy that applies is in evaluate, so nothing is enforced yet.";
}

export function unknownVerb({ verb }: Action): string {
  return `Denied: \`${shown(verb)}\` is not a verb that a policy can allow.`;
}

/** Says that nothing allows the action, names the nearest rule and the part of it that does not match. */
export function defaultDenial(attempt: {
  readonly action: Action;
  readonly subject: Subject;
  readonly rules: readonly CompiledRule[];
  readonly tally: Tally;
}): string {
  const { action, rules, tally } = attempt;
  const what = `${action.verb} on ${shown(action.resource)}`;
  const boundary = tally.isGranted() ? tally.silentBoundary() : undefined;
  const inView = rules.filter(
    ({ document, effect }) =>
      effect === "allow" && tally.applies(document) && document.group === (boundary ?? 0),
  );
  const subject = boundary === undefined ? "No rule allows" : "A boundary does not allow";
  const nearest = nearestRule(action, inView);
  if (nearest === undefined) return `${subject} ${what}. No rule is about this verb.`;
  const { rule, failed } = nearest;
  return `${subject} ${what}. The nearest rule is line ${rule.reference.line} (${ruleText(rule)}): ${failed}.`;
}

interface Nearest {
  readonly rule: CompiledRule;
  readonly failed: string;
}

function nearestRule(action: Action, rules: readonly CompiledRule[]): Nearest | undefined {
  const key = verbKey(action.verb);
  const family = familyOf(key);
  if (!isFamily(family)) return undefined;
  const ofVerb = rules.filter(({ heads }) => heads.some(({ verb }) => matchesVerb(verb, key)));
  const ofResource = ofVerb.find(({ heads }) =>
    heads.some(({ verb, resources }) => {
      const patterns = resources.get(family)?.patterns;
      const isMatch = patterns === undefined || matchesAny(patterns, action.resource);
      return matchesVerb(verb, key) && isMatch;
    }),
  );
  if (ofResource !== undefined) {
    return { rule: ofResource, failed: "it is not about this agent or user" };
  }
  const likest = likestRule(ofVerb, action.resource);
  if (likest !== undefined) return { rule: likest, failed: "the resource does not match" };
  const ofFamily = rules.find(({ heads }) => heads.some(({ verb }) => verb.family === family));
  return ofFamily && { rule: ofFamily, failed: "the verb does not match" };
}

/** The rule whose resource begins most like the one that was asked for. */
function likestRule(rules: readonly CompiledRule[], resource: string): CompiledRule | undefined {
  let likest: CompiledRule | undefined;
  let most = -1;
  for (const rule of rules) {
    for (const text of rule.heads.flatMap(({ resources }) => [...resources.values()])) {
      const length = Math.max(0, ...text.texts.map((glob) => commonLength(glob, resource)));
      if (length > most) [likest, most] = [rule, length];
    }
  }
  return likest;
}

function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

/** The rule in one line: `allow llm:invoke on anthropic/claude-sonnet-*`. */
export function ruleText({ effect, heads }: CompiledRule): string {
  const verbs = heads.map(({ verb }) => verb.text);
  const resources = new Set(
    heads.flatMap((h) => [...h.resources.values()].flatMap((r) => r.texts)),
  );
  const on = resources.size === 0 ? "" : ` on ${listed([...resources])}`;
  return `${effect} ${listed(verbs)}${on}`;
}

function listed(words: readonly string[]): string {
  const [first = "", second] = words;
  if (second === undefined) return first;
  return words.length <= 3 ? words.join(", ") : `${first}, ${second} and ${words.length - 2} more`;
}

/** At most 200 characters of what a caller sent, on one line. */
function shown(text: string): string {
  const line = text.replaceAll(/[\p{C}\p{Z}]+/gu, " ");
  return line.length <= 200 ? line : `${line.slice(0, 199)}…`;
}
