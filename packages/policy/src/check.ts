/** What the words of a policy mean: verbs, resources, names. Finds every error that refuses to publish. */
import { VERB_FAMILIES } from "@yolo/core/action";
import type { PolicyDocument, PolicyRule } from "./document.ts";
import { compileGlob } from "./glob.ts";
import { errorAt, hasErrors, type Issue, inReadingOrder, type Word, warningAt } from "./issue.ts";
import { parsePolicy } from "./parse.ts";
import { readResource } from "./resource.ts";
import { readVerb, type VerbPattern } from "./verb.ts";

/** The documents of a text and every issue of syntax, schema and meaning, in reading order. Never throws. */
export function checkText(text: string): {
  documents: readonly PolicyDocument[];
  issues: readonly Issue[];
} {
  const { documents, issues } = parsePolicy(text);
  if (hasErrors(issues)) return { documents, issues };
  const found = [...documents.flatMap(checkDocument), ...repeatedIds(documents)];
  return { documents, issues: inReadingOrder([...issues, ...found]) };
}

function checkDocument(document: PolicyDocument): Issue[] {
  return [
    ...document.unsupported.map(unsupported),
    ...document.labels.map(({ label }) => unsupported({ value: "labels", place: label.place })),
    ...document.tests.map(({ name }) => unsupported({ value: "tests", place: name.place })),
    ...(document.agents ?? []).flatMap(checkName),
    ...document.rules.flatMap(checkRule),
    ...(document.rules.length === 0 ? [noRules(document)] : []),
  ];
}

function checkRule(rule: PolicyRule): Issue[] {
  const found = rule.verbs.flatMap((verb) => checkVerb(rule, verb));
  const { condition, who } = rule;
  return [
    ...found,
    ...(condition === undefined ? [] : [unsupported({ value: "if", place: condition.place })]),
    ...(who?.agents ?? []).flatMap(checkName),
    ...(rule.effect === "allow" ? [] : rule.resources.flatMap((word) => leaksByDepth(rule, word))),
  ];
}

function checkVerb(rule: PolicyRule, word: Word): Issue[] {
  const result = readVerb(word.value);
  if ("problem" in result) return [errorAt(word.place, "unknown_verb", result.problem)];
  return rule.resources.flatMap((resource) => checkResource(result.verb, resource));
}

function checkResource(verb: VerbPattern, { value, place }: Word): Issue[] {
  const families = verb.family === "*" ? VERB_FAMILIES : [verb.family];
  for (const family of families) {
    const result = readResource(verb, family, value);
    if ("problem" in result) return [errorAt(place, "wrong_resource", result.problem)];
  }
  return [];
}

/** Outside AWS a lone `*` is one segment: what lies deeper would slip through a deny or an approve. */
function leaksByDepth(rule: PolicyRule, { value, place }: Word): Issue[] {
  const isOutsideAws = rule.verbs.some(({ value: verb }) => {
    const result = readVerb(verb);
    return "verb" in result && result.verb.family !== "aws";
  });
  if (!isOutsideAws || !/(^|[/#])\*$/.test(value)) return [];
  const message = `\`${value}\` ends in one segment, so that \`${rule.effect}\` misses what lies deeper; write \`${value}*\``;
  const at = rule.form === "sentence" ? warningAt : errorAt;
  return [at(place, "leaks_by_depth", message)];
}

function checkName({ value, place }: Word): Issue[] {
  const glob = compileGlob(value, "segments");
  return "problem" in glob ? [errorAt(place, "wrong_glob", glob.problem)] : [];
}

function repeatedIds(documents: readonly PolicyDocument[]): Issue[] {
  const seen = new Set<string>();
  return documents
    .flatMap(({ rules }) => rules)
    .flatMap(({ id }) => {
      if (id === undefined) return [];
      const isRepeated = seen.has(id.value);
      seen.add(id.value);
      return isRepeated
        ? [errorAt(id.place, "repeated_id", `two rules have the id \`${id.value}\``)]
        : [];
    });
}

function noRules({ place, requiresUser }: PolicyDocument): Issue {
  return requiresUser === undefined
    ? errorAt(place, "no_rules", "this document has no rules and no sentences")
    : warningAt(place, "no_rules", "this document allows nothing: it has no rules");
}

function unsupported({ value, place }: Word): Issue {
  return errorAt(place, "not_supported", `\`${value}\` is not supported by this version`);
}
