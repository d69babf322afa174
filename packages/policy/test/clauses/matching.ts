/** Which verbs and resources a rule meets. */
import type { Clause } from "./clause.ts";

export const MATCHING: readonly Clause[] = [
  ...(["force_push", "delete_ref", "create_tag"] as const).map(
    (verb): Clause => ({
      name: `git:${verb} is a push too`,
      file: "policy/verb",
      from: `["git:${verb}", "git:push"],`,
      to: "",
    }),
  ),
  {
    name: "names of AWS actions are the same in any case",
    file: "policy/verb",
    from: "verb: isAws ?",
    to: "verb: false ?",
  },
  {
    name: "a wildcard verb reaches verbs that rules name",
    file: "policy/rule-index",
    from: "...wildcards.map(({ rule }) => rule)",
    to: "",
  },
  {
    name: "a wildcard verb reaches verbs that no rule names",
    file: "policy/rule-index",
    from: "isOpenVerb(key) && isFamily(family) ? this.#byFamily.get(family) : undefined",
    to: "isOpenVerb(key) && isFamily(family) ? NOTHING : undefined",
  },
  {
    name: "a rule without resources is about all",
    file: "policy/resource-index",
    from: "for (const candidate of this.#everywhere) visit(candidate);",
    to: "",
  },
  {
    name: "patterns without a literal beginning are tried",
    file: "policy/resource-index",
    from: "for (const entry of this.#others) tryEntry(entry);",
    to: "",
  },
  {
    name: "every # of a resource may begin a ref",
    file: "policy/resource-index",
    from: 'at = resource.indexOf("#", at + 1);',
    to: "at = -1;",
  },
  {
    name: "a pattern must match, not only begin alike",
    file: "policy/resource-index",
    from: "if (matchesPattern(pattern, resource)) visit(candidate);",
    to: "visit(candidate);",
  },
  {
    name: "keys that share a beginning are kept apart",
    file: "policy/radix-tree",
    from: "if (shared < child.edge.length) split(child, shared);",
    to: "",
  },
  {
    name: "a literal glob matches as a whole",
    file: "policy/glob",
    from: "if (middle === undefined) return resource === prefix;",
    to: "if (middle === undefined) return resource.startsWith(prefix);",
  },
  {
    name: "a glob ends where its text ends",
    file: "policy/glob",
    from: " || !resource.endsWith(suffix)",
    to: "",
  },
  {
    name: "braces are alternatives",
    file: "policy/resource",
    from: "for (const alternative of expanded.alternatives) {",
    to: "for (const alternative of expanded.alternatives.slice(0, 1)) {",
  },
  {
    name: "what ends in /** is also the thing itself",
    file: "policy/glob",
    from: "...bare.map((alternative) => alternative.slice(0, -3))",
    to: "",
  },
  {
    name: "inner ** stand for no segment",
    file: "policy/glob",
    from: 'part === "**/" ? [part, ""] : [part]',
    to: "[part]",
  },
  {
    name: "in AWS * crosses separators",
    file: "policy/resource",
    from: 'family === "aws" ? "crossing" : "segments"',
    to: '"segments"',
  },
  {
    name: "elsewhere * stays in its segment",
    file: "policy/automaton",
    from: "isSeparator ? tables.crossingLoop : tables.loop",
    to: "tables.loop",
  },
  {
    name: "** crosses separators",
    file: "policy/automaton",
    from: "if (isCrossing || token.length > 1) setBit(crossingLoop, state);",
    to: "if (isCrossing) setBit(crossingLoop, state);",
  },
  {
    name: "? is one character",
    file: "policy/automaton",
    from: 'if (token === "?") setBit(any, state);',
    to: 'if (token === "?") {}',
  },
  {
    name: "? does not cross separators",
    file: "policy/automaton",
    from: "isSeparator ? 0 : (any[word] ?? 0)",
    to: "any[word] ?? 0",
  },
  {
    name: "all of the text is matched",
    file: "policy/automaton",
    from: "return hasBit(states, tables.length);",
    to: "return true;",
  },
  {
    name: "branches/ is a short form",
    file: "policy/resource",
    from: 'if (text.startsWith("branches/")) return',
    to: "if (false) return",
  },
  {
    name: "tags/ is a short form",
    file: "policy/resource",
    from: 'if (text.startsWith("tags/")) return',
    to: "if (false) return",
  },
  {
    name: "refs/ is a short form",
    file: "policy/resource",
    from: 'if (text.startsWith("refs/")) return',
    to: "if (false) return",
  },
  {
    name: "a repository stands for all its refs",
    file: "policy/resource",
    from: 'text.includes("#") || text.endsWith("**")',
    to: "true",
  },
];
