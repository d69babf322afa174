/** Resources as policies write them: short forms are expanded to the one long form that is matched. */
import type { VerbFamily } from "@yolo/core/action";
import { spellGlob } from "@yolo/core/spelling";
import { compileAlternatives, expandBraces, type GlobPattern } from "./glob.ts";
import type { VerbPattern } from "./verb.ts";

export interface ResourceGlob {
  /** The long forms, as they are shown; several where the text has braces. */
  readonly texts: readonly string[];
  readonly patterns: readonly GlobPattern[];
}

export type ResourceResult = { readonly glob: ResourceGlob } | { readonly problem: string };

/** What `text` after `verb` means for the actions of `family`; or why it means nothing. */
export function readResource(verb: VerbPattern, family: VerbFamily, text: string): ResourceResult {
  const expanded = expandBraces(text);
  if ("problem" in expanded)
    return { problem: `\`${text}\` is not a resource: ${expanded.problem}` };
  const spelt: string[] = [];
  for (const alternative of expanded.alternatives) {
    const long = longForm(verb, family, alternative);
    if ("problem" in long) return long;
    const spelling = spellGlob(verb.family === "*" ? `${family}:*` : verb.key, long.text);
    if ("problem" in spelling)
      return { problem: `\`${text}\` is not a resource: ${spelling.problem}` };
    spelt.push(spelling.resource);
  }
  const glob = compileAlternatives(spelt, family === "aws" ? "crossing" : "segments");
  if ("problem" in glob) return { problem: `\`${text}\` is not a resource: ${glob.problem}` };
  return { glob: { texts: spelt, patterns: glob.patterns } };
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
  return { problem: `\`${text}\` is not an ARN; write \`arn:aws:<service>:<region>:<account>:…\`` };
}

/** `branches/x`, `tags/x` and `refs/…` are refs of every repository. */
function gitForm(text: string): LongForm {
  const [, short, rest = ""] = /^(branches|tags|refs)\/(.*)$/s.exec(text) ?? [];
  if (short === undefined || text.includes("#")) return { text: everyRef(text) };
  if (short === "refs") return { text: `**#${text}` };
  return { text: `**#refs/${short === "tags" ? "tags" : "heads"}/${rest}` };
}

/** A repository stands for itself and all its refs. */
function everyRef(text: string): string {
  return text.includes("#") || text.endsWith("**") ? text : `${text}#**`;
}
