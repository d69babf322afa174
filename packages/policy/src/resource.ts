/** Resources as policies write them: short forms are expanded to the one long form that is matched. */

import { type Spelling, spellGlob } from "@yolo/core/spelling";
import type { VerbFamily } from "@yolo/core/verb-family";
import { compileAlternatives, expandBraces, type GlobPattern } from "./glob.ts";
import type { VerbPattern } from "./verb.ts";

export interface ResourceGlob {
  /** The long forms, as they are shown; several where the text has braces. */
  readonly texts: readonly string[];
  readonly patterns: readonly GlobPattern[];
}

export type ResourceResult = { readonly glob: ResourceGlob } | { readonly problem: string };

/** Most work that the globs of a document may take, in UTF-16 units: braces written out, once more for each verb. */
const SPELT_MAX = 600_000;
/** What a glob costs beside its length. */
const SPELT_EACH = 32;

/** Reads the resources of one document; the same resource in another place is the same glob. */
export class ResourceReader {
  readonly #patterns = new Map<string, readonly GlobPattern[]>();
  #spelt = 0;

  /** What `text` after `verb` means for the actions of `family`; or why it means nothing. */
  read(verb: VerbPattern, family: VerbFamily, text: string): ResourceResult {
    const expanded = expandBraces(text);
    if ("problem" in expanded) return refused(text, expanded.problem);
    if (MIXED_ALPHABETS.test(text)) return refused(text, "a word with letters of two alphabets");
    this.#spelt += expanded.alternatives.length * (text.length + SPELT_EACH);
    if (this.#spelt > SPELT_MAX) return refused(text, "this document has too many globs");
    const texts: string[] = [];
    for (const alternative of expanded.alternatives) {
      const long = longForm(verb, family, alternative);
      if ("problem" in long) return refused(text, long.problem);
      const spelling = spell(verb, family, long.text);
      if ("problem" in spelling) return refused(text, spelling.problem);
      texts.push(spelling.resource);
    }
    const dialect = family === "aws" ? "crossing" : "segments";
    const name = `${dialect}\n${texts.join("\n")}`;
    const known = this.#patterns.get(name);
    if (known !== undefined) return { glob: { texts, patterns: known } };
    const glob = compileAlternatives(texts, dialect);
    if ("problem" in glob) return refused(text, glob.problem);
    this.#patterns.set(name, glob.patterns);
    return { glob: { texts, patterns: glob.patterns } };
  }
}

/** Latin together with letters that look like it: what is shown is not what would be matched. */
const MIXED_ALPHABETS =
  /\p{Script=Latin}[^/#:]*[\p{Script=Cyrillic}\p{Script=Greek}]|[\p{Script=Cyrillic}\p{Script=Greek}][^/#:]*\p{Script=Latin}/u;

function refused(text: string, problem: string): ResourceResult {
  return { problem: `\`${text}\` is not a resource: ${problem}` };
}

/** Verbs whose resources are spelt each in a way of its own, where a wildcard may stand for any of them. */
const SPELT_APART: Partial<Record<VerbFamily, readonly [string, string]>> = {
  llm: ["llm:invoke", "llm:fetch_url"],
  tool: ["tool:Bash", "tool:Read"],
};

function spell(verb: VerbPattern, family: VerbFamily, text: string): Spelling {
  if (verb.family === "*") return spellGlob(`${family}:*`, text);
  const plain = spellGlob(verb.key, text);
  const apart = verb.hasWildcard ? SPELT_APART[family] : undefined;
  if (apart === undefined || /^https?:/i.test(text) || "problem" in plain) return plain;
  const other = apart
    .map((name) => spellGlob(name, text))
    .find((spelt) => "resource" in spelt && spelt.resource !== plain.resource);
  if (other === undefined || "problem" in other) return plain;
  const problem = `verbs of \`${verb.text}\` read it in two ways; write \`${other.resource}\`, or name the verbs`;
  return { problem };
}

type LongForm = { readonly text: string } | { readonly problem: string };

function longForm(verb: VerbPattern, family: VerbFamily, text: string): LongForm {
  if (family === "git") return verb.family === "*" ? { text: everyRef(text) } : gitForm(text);
  if (family === "aws" && verb.family !== "*") return awsForm(verb, text);
  return { text };
}

/** A bucket may be written short after an S3 verb; other services' resources are ARNs. */
function awsForm(verb: VerbPattern, text: string): LongForm {
  const isShort = !text.startsWith("arn:") && !/^\*+$/.test(text);
  if (!isShort || verb.key.startsWith("aws:s3:")) return { text };
  return { problem: "write its ARN, `arn:aws:<service>:<region>:<account>:…`" };
}

/** `branches/x`, `tags/x` and `refs/…` are refs of every repository. */
function gitForm(text: string): LongForm {
  if (text.includes("#")) return { text };
  if (text.startsWith("branches/")) return { text: `**#refs/heads/${text.slice(9)}` };
  if (text.startsWith("tags/")) return { text: `**#refs/tags/${text.slice(5)}` };
  if (text.startsWith("refs/")) return { text: `**#${text}` };
  return { text: everyRef(text) };
}

/** A repository stands for itself and all its refs. */
function everyRef(text: string): string {
  return text.includes("#") || text.endsWith("**") ? text : `${text}#**`;
}
