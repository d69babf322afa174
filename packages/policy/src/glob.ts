/**
 * Globs over resources: `*` within a segment (`/` and `#` end one), `**` across, `?` one character, `{a,b}` either.
 * In the `crossing` dialect (AWS) `*` and `?` cross separators. Matching takes time linear in the resource's length.
 */
import { Automaton, type Dialect } from "./automaton.ts";

/** One alternative of a glob: literal text at both ends and a pattern between them. */
export interface GlobPattern {
  readonly prefix: string;
  readonly suffix: string;
  /** What stands between prefix and suffix; `undefined`: nothing, the resource is exactly the prefix. */
  readonly middle: Automaton | undefined;
  /** Of a pattern that begins with `**#`: the literal text that must follow the `#`. */
  readonly afterHash: string | undefined;
}

export type GlobResult =
  | { readonly patterns: readonly GlobPattern[] }
  | { readonly problem: string };

/** Most alternatives that braces and inner `**` may stand for. */
const ALTERNATIVES_MAX = 32;
/** Longest glob, in UTF-16 units. */
const LENGTH_MAX = 1024;

/** The patterns of which a text must match any; or why the text is not a glob. */
export function compileGlob(text: string, dialect: Dialect): GlobResult {
  const expanded = expandBraces(text);
  return "problem" in expanded ? expanded : compileAlternatives(expanded.alternatives, dialect);
}

/** The patterns of globs without braces. */
export function compileAlternatives(globs: readonly string[], dialect: Dialect): GlobResult {
  const alternatives = dialect === "segments" ? globs.flatMap(withoutEmptySegments) : globs;
  if (alternatives.length > ALTERNATIVES_MAX) return { problem: TOO_MANY };
  return { patterns: alternatives.map((alternative) => patternOf(alternative, dialect)) };
}

/** Whether the resource matches the pattern as a whole. */
export function matchesPattern(pattern: GlobPattern, resource: string): boolean {
  const { prefix, suffix, middle } = pattern;
  if (middle === undefined) return resource === prefix;
  const end = resource.length - suffix.length;
  if (end < prefix.length || !resource.startsWith(prefix) || !resource.endsWith(suffix))
    return false;
  return middle.accepts(resource, prefix.length, end);
}

export function matchesAny(patterns: readonly GlobPattern[], resource: string): boolean {
  for (const pattern of patterns) if (matchesPattern(pattern, resource)) return true;
  return false;
}

const TOO_MANY = `this glob stands for more than ${ALTERNATIVES_MAX} alternatives`;

/** The globs without braces that a glob stands for. */
export function expandBraces(
  text: string,
): { alternatives: readonly string[] } | { problem: string } {
  if (text.length > LENGTH_MAX) return { problem: `a glob has at most ${LENGTH_MAX} characters` };
  const foreign = /[[\]\\]/.exec(text)?.[0];
  if (foreign !== undefined) return { problem: `\`${foreign}\` has no meaning in a glob` };
  const open = text.indexOf("{");
  if (open < 0) {
    return text.includes("}") ? { problem: "`}` without `{`" } : { alternatives: [text] };
  }
  const close = text.indexOf("}", open);
  const choices = text.slice(open + 1, close);
  if (close < 0) return { problem: "`{` without `}`" };
  if (choices.includes("{")) return { problem: "braces inside braces" };
  if (text.lastIndexOf("}", open) >= 0) return { problem: "`}` without `{`" };
  const rest = expandBraces(text.slice(close + 1));
  if ("problem" in rest) return rest;
  const alternatives: string[] = [];
  for (const choice of choices.split(",")) {
    if (choice === "") return { problem: "an empty choice in braces" };
    for (const tail of rest.alternatives) alternatives.push(text.slice(0, open) + choice + tail);
    if (alternatives.length > ALTERNATIVES_MAX) return { problem: TOO_MANY };
  }
  return { alternatives };
}

/** A whole segment `**` stands for none, one or many: `a/**` is also `a`, and what ends in `/b` may be `b` alone. */
function withoutEmptySegments(text: string): readonly string[] {
  if (!text.includes("**")) return [text];
  let alternatives = [""];
  for (const part of text.split(/((?<=^|[/#])\*\*\/)/)) {
    const choices = part === "**/" ? [part, ""] : [part];
    alternatives = alternatives.flatMap((head) => choices.map((choice) => head + choice));
    if (alternatives.length > ALTERNATIVES_MAX) return alternatives;
  }
  const bare = alternatives.filter((alternative) => /.[/#]\*\*$/.test(alternative));
  return [...new Set([...alternatives, ...bare.map((alternative) => alternative.slice(0, -3))])];
}

function patternOf(text: string, dialect: Dialect): GlobPattern {
  const first = text.search(/[*?]/);
  if (first < 0) return { prefix: text, suffix: "", middle: undefined, afterHash: undefined };
  const last = Math.max(text.lastIndexOf("*"), text.lastIndexOf("?"));
  return {
    prefix: text.slice(0, first),
    suffix: text.slice(last + 1),
    middle: new Automaton(text.slice(first, last + 1), dialect),
    afterHash: /^\*\*#([^*?]*)/.exec(text)?.[1],
  };
}
