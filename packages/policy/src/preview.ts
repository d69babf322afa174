/** What may an agent do: each verb and resource that its policies speak of, with the decision on it. */
import type { Action, Verb } from "@yolo/core/action";
import type { Decision, RuleReference } from "@yolo/core/decision";
import { AppError } from "@yolo/core/errors";
import { type PolicySource, resolveSources } from "./compile.ts";
import { compileDocuments } from "./compile-documents.ts";
import type { CompiledRule } from "./compiled-rule.ts";
import { createEngine, type Subject } from "./engine.ts";
import { matchesAny } from "./glob.ts";
import { Selector } from "./selection.ts";
import {
  CLOSED_VERBS,
  canonicalAction,
  familyOf,
  isFamily,
  matchesVerb,
  type VerbPattern,
  verbOf,
} from "./verb.ts";

export interface PreviewRow {
  /** A verb, or in open families (`aws`, `tool`, `custom`) a wildcard as a rule has it. */
  readonly verb: string;
  /** A resource as a rule has it, in its long form. */
  readonly resource: string;
  /** The decision on something that this resource stands for, conditions (`if`) left aside. */
  readonly decision: Decision;
  /** Rules with a condition that may make another decision. */
  readonly conditional: readonly RuleReference[];
}

/** Most rows: each is a decision, and nobody reads more. */
const ROWS_MAX = 20_000;

/**
 * The rows in the order of verbs and resources. Throws `policy_invalid` like `compilePolicy`, and `invalid_input` where
 * there would be too many.
 */
export function previewPolicy(
  sources: readonly PolicySource[],
  subject: Subject,
): readonly PreviewRow[] {
  const { documents, rules } = compileDocuments(resolveSources(sources));
  const { applies } = new Selector(documents).select(subject);
  const inView = rules.filter(({ document }) => applies[document.index]);
  const engine = createEngine({ documents, rules: rules.filter(({ condition }) => !condition) });
  const conditional = inView.filter(
    ({ condition, who }) => condition !== undefined && who?.(subject) === undefined,
  );
  return pairsOf(inView).flatMap(({ verb, resource }) => {
    const canonical = canonicalAction(sampleOf(verb, resource));
    if ("problem" in canonical || !isFamily(familyOf(verb))) return [];
    const { action } = canonical;
    return [
      {
        verb,
        resource,
        decision: engine.decide(subject, action, NO_MOMENT),
        conditional: conditional
          .filter((rule) => isAbout(rule, action))
          .map(({ reference }) => reference),
      },
    ];
  });
}

/** Each verb with each resource that a rule about it speaks of. */
function pairsOf(
  rules: readonly CompiledRule[],
): readonly { readonly verb: string; readonly resource: string }[] {
  let count = 0;
  return verbsOf(rules).flatMap((verb) => {
    const resources = resourcesOf(rules, verb);
    count += resources.length;
    if (count > ROWS_MAX) throw new AppError("invalid_input", { message: TOO_MANY });
    return resources.map((resource) => ({ verb, resource }));
  });
}

const TOO_MANY = `These policies speak of more than ${ROWS_MAX} pairs of a verb and a resource: too many to show. Ask about one attempt instead.`;
const NO_MOMENT = { now: 0, usage: {} };

/** Every verb that a rule reaches; a wildcard over an open family stands for itself. */
function verbsOf(rules: readonly CompiledRule[]): readonly string[] {
  const verbs = new Set<string>();
  for (const { verb } of rules.flatMap(({ heads }) => heads)) {
    for (const closed of CLOSED_VERBS) if (matchesVerb(verb, closed)) verbs.add(closed);
    if (verb.family === "aws" || verb.family === "tool" || verb.family === "custom") {
      verbs.add(verb.text);
    }
  }
  return [...verbs].sort();
}

function resourcesOf(rules: readonly CompiledRule[], verb: string): readonly string[] {
  const family = familyOf(verb);
  const resources = new Set<string>();
  for (const { heads } of rules) {
    for (const head of heads) {
      const reached = isFamily(family) ? head.resources.get(family) : undefined;
      if (reached === undefined || !reaches(head.verb, verb)) continue;
      for (const text of reached.patterns === undefined ? ["**"] : reached.texts)
        resources.add(text);
    }
  }
  return [...resources].sort();
}

function reaches(pattern: VerbPattern, verb: string): boolean {
  return pattern.text === verb || matchesVerb(pattern, sampleVerb(verb));
}

function isAbout({ heads }: CompiledRule, action: Action): boolean {
  const family = familyOf(action.verb);
  return heads.some(({ verb, resources }) => {
    const patterns = isFamily(family) ? resources.get(family)?.patterns : [];
    const isResource = patterns === undefined || matchesAny(patterns, action.resource);
    return matchesVerb(verb, action.verb) && isResource;
  });
}

/** Something that the verb and the resource stand for. */
function sampleOf(verb: string, resource: string): Action {
  const sample = resource.replaceAll("**", "any").replaceAll("*", "any").replaceAll("?", "a");
  return { verb: sampleVerb(verb), resource: sample, args: {}, facts: {} };
}

function sampleVerb(verb: string): Verb {
  const sample = verb.replaceAll("*", "any").replaceAll("?", "a");
  return verbOf(verb.startsWith("aws:") ? sample.toLowerCase() : sample);
}
