/** What the words of a policy mean: verbs, resources, conditions, names. Finds every error that refuses to publish. */

import { checkApproval, checkContent, checkLimit } from "./check-later.ts";
import type { PolicyDocument } from "./document.ts";
import { compileGlob, expandBraces } from "./glob.ts";
import { errorAt, hasErrors, type Issue, inReadingOrder, type Word, warningAt } from "./issue.ts";
import { parsePolicy } from "./parse.ts";
import { type ResolvedDocument, type ResolvedRule, resolveDocument } from "./resolve.ts";
import { unsupportedWords } from "./unsupported.ts";
import { readConcreteVerb } from "./verb.ts";

export interface Checked {
  readonly documents: readonly ResolvedDocument[];
  readonly issues: readonly Issue[];
}

/** What a text means, and every issue of syntax, schema and meaning that this version has with it. Never throws. */
export function checkText(text: string): Checked {
  const { documents, issues } = checkLanguage(text);
  const refused = documents.flatMap(unsupportedWords).map(({ value, place }) => {
    const message = `\`${value}\` is not supported by this version`;
    return errorAt(place, "not_supported", message);
  });
  return { documents, issues: inReadingOrder([...issues, ...refused]) };
}

/** The same for the whole language, whatever this version supports. Never throws. */
export function checkLanguage(text: string): Checked {
  const { documents, issues } = parsePolicy(text);
  if (hasErrors(issues)) return { documents: [], issues };
  const resolutions = documents.map(resolveDocument);
  const found = [
    ...resolutions.flatMap((resolution) => resolution.issues),
    ...resolutions.flatMap(({ resolved }) => checkDocument(resolved)),
    ...repeatedIds(documents),
  ];
  return {
    documents: resolutions.map(({ resolved }) => resolved),
    issues: inReadingOrder([...issues, ...found]),
  };
}

function checkDocument({ document, rules }: ResolvedDocument): Issue[] {
  return [
    ...(document.agents ?? []).flatMap(checkName),
    ...rules.flatMap(leaksByDepth),
    ...document.rules.flatMap(({ who }) => (who?.agents ?? []).flatMap(checkName)),
    ...document.rules.flatMap(checkApproval),
    ...document.limits.flatMap(checkLimit),
    ...document.content.flatMap(checkContent),
    ...document.tests.flatMap(({ action }) => checkAttempt(action)),
    ...checkSubstance(document),
  ];
}

/** Outside AWS a lone `*` is one segment: what lies deeper would slip through a deny or an approve. */
function leaksByDepth({ rule, heads }: ResolvedRule): Issue[] {
  const { effect, form, resources } = rule;
  if (effect === "allow" || heads.every(({ verb }) => verb.family === "aws")) return [];
  const at = form === "sentence" ? warningAt : errorAt;
  return resources
    .filter(({ value }) => endsInOneSegment(value) && !value.startsWith("arn:"))
    .map(({ value, place }) => {
      const instead = value.replaceAll(/(?<=^|[/#,{])\*(?=[,}]|[/.]*$)/g, "**");
      const message = `\`${value}\` ends in one segment, so that \`${effect}\` misses what lies deeper; write \`${instead}\``;
      return at(place, "leaks_by_depth", message);
    });
}

/** Also where braces hide it, or a slash behind it that spelling takes away. */
function endsInOneSegment(glob: string): boolean {
  const expanded = expandBraces(glob);
  if ("problem" in expanded) return false;
  return expanded.alternatives.some((alternative) => /(^|[/#])\*(\/\.?)*$/.test(alternative));
}

function checkName({ value, place }: Word): Issue[] {
  const glob = compileGlob(value, "segments");
  return "problem" in glob ? [errorAt(place, "wrong_glob", `\`${value}\`: ${glob.problem}`)] : [];
}

function checkAttempt({ value, place }: Word): Issue[] {
  const result = readConcreteVerb(value);
  return "problem" in result ? [errorAt(place, "unknown_verb", result.problem)] : [];
}

/** A document must say something about actions. */
function checkSubstance({
  rules,
  requiresUser,
  limits,
  content,
  tests,
  place,
}: PolicyDocument): Issue[] {
  if (rules.length > 0) return [];
  if (requiresUser !== undefined || limits.length > 0 || content.length > 0) {
    return [warningAt(place, "allows_nothing", "this document has no rules, so it allows nothing")];
  }
  const hint = tests.length > 0 ? "only tests" : "no rules and no sentences";
  return [errorAt(place, "no_rules", `this document has ${hint}`)];
}

function repeatedIds(documents: readonly PolicyDocument[]): Issue[] {
  const seen = new Set<string>();
  const found: Issue[] = [];
  for (const { id } of documents.flatMap(({ rules }) => rules)) {
    if (id === undefined) continue;
    if (seen.has(id.value)) {
      found.push(errorAt(id.place, "repeated_id", `two rules have the id \`${id.value}\``));
    }
    seen.add(id.value);
  }
  return found;
}
