/** Resources as policies write them: short forms are expanded to the one long form that is matched. */
import type { VerbFamily } from "@yolo/core/action";
import { compileGlob, type Dialect, type GlobPattern } from "./glob.ts";
import type { VerbPattern } from "./verb.ts";

export interface ResourceGlob {
  readonly family: VerbFamily;
  /** The long form, as it is shown. */
  readonly text: string;
  readonly patterns: readonly GlobPattern[];
}

export type ResourceResult = { readonly glob: ResourceGlob } | { readonly problem: string };

/** What `text` after `verb` means for the actions of `family`; or why it means nothing. */
export function readResource(verb: VerbPattern, family: VerbFamily, text: string): ResourceResult {
  const long = longForm(verb, family, text);
  if ("problem" in long) return long;
  const dialect: Dialect = family === "aws" ? "crossing" : "segments";
  const glob = compileGlob(long.text, dialect);
  if ("problem" in glob) return { problem: `\`${text}\` is not a resource: ${glob.problem}` };
  return { glob: { family, text: long.text, patterns: glob.patterns } };
}

type LongForm = { readonly text: string } | { readonly problem: string };

function longForm(verb: VerbPattern, family: VerbFamily, text: string): LongForm {
  if (verb.family === "*") return { text: family === "git" ? everyRef(text) : text };
  if (family === "aws") return awsForm(verb, text);
  if (family === "git") return gitForm(text);
  return { text };
}

/** `data-lake/raw/*` after an S3 verb is `arn:aws:s3:::data-lake/raw/*`; other services are written as ARNs. */
function awsForm(verb: VerbPattern, text: string): LongForm {
  if (text.startsWith("arn:") || /^\*+$/.test(text)) return { text };
  if (verb.key.startsWith("aws:s3:")) return { text: `arn:aws:s3:::${text}` };
  return {
    problem: `\`${text}\` is not an ARN; write it as \`arn:aws:<service>:<region>:<account>:…\``,
  };
}

/** `branches/x` and `tags/x` are refs of every repository; `#x` is the branch `x`; without `#` every ref is meant. */
function gitForm(text: string): LongForm {
  const hash = text.indexOf("#");
  if (hash >= 0) return { text: `${text.slice(0, hash)}#${refForm(text.slice(hash + 1))}` };
  if (text.startsWith("branches/"))
    return { text: `**#refs/heads/${text.slice("branches/".length)}` };
  if (text.startsWith("tags/")) return { text: `**#refs/tags/${text.slice("tags/".length)}` };
  if (text.startsWith("refs/")) return { text: `**#${text}` };
  return { text: everyRef(text) };
}

/** A repository stands for itself and all its refs. */
function everyRef(text: string): string {
  return text.includes("#") || text.endsWith("**") ? text : `${text}#**`;
}

function refForm(ref: string): string {
  return ref.startsWith("refs/") || ref.startsWith("*") ? ref : `refs/heads/${ref}`;
}
