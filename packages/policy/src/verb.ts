/** The verbs: which there are, their short forms, and patterns over them. */
import type { Action, Verb } from "@yolo/core/action";
import { spellResource } from "@yolo/core/spelling";
import { VERB_FAMILIES, type VerbFamily } from "@yolo/core/verb-family";
import { Automaton } from "./automaton.ts";
import { AWS_SERVICES } from "./aws-services.ts";
import { compileGlob, type GlobPattern, matchesAny } from "./glob.ts";
import { nearestWord } from "./nearest-word.ts";

/** The closed families and their verbs; `aws`, `tool` and `custom` are open. */
const CLOSED_FAMILIES = {
  llm: ["invoke", "count_tokens", "list_models", "server_tool", "mcp_server", "fetch_url"],
  mcp: ["call", "read", "prompt", "list"],
  http: ["get", "head", "options", "post", "put", "patch", "delete", "query"],
  git: ["fetch", "push", "force_push", "delete_ref", "create_tag"],
  db: ["select", "insert", "update", "delete", "drop", "truncate", "alter", "grant"],
  agent: ["spawn"],
} as const satisfies Partial<Record<VerbFamily, readonly string[]>>;

const OPEN_FAMILIES = {
  aws: /^[a-z0-9-]+:[A-Za-z0-9]+$/,
  tool: /^[A-Za-z0-9_.-]+$/,
  custom: /^[a-z0-9][a-z0-9_.:-]*$/,
} as const satisfies Partial<Record<VerbFamily, RegExp>>;

/** Every verb of the closed families, in the compared form. */
export const CLOSED_VERBS: readonly string[] = Object.entries(CLOSED_FAMILIES).flatMap(
  ([family, verbs]) => verbs.map((verb) => `${family}:${verb}`),
);

/** A special verb comes in addition to its general one: both must pass. */
const GENERAL_VERBS: ReadonlyMap<string, Verb> = new Map([
  ["git:force_push", "git:push"],
  ["git:delete_ref", "git:push"],
  ["git:create_tag", "git:push"],
]);

export interface VerbPattern {
  readonly family: VerbFamily | "*";
  /** The long form, as it is shown: `aws:s3:GetObject`. */
  readonly text: string;
  /** The form in which verbs are compared: `aws:s3:getobject`. */
  readonly key: string;
  readonly patterns: readonly GlobPattern[];
  readonly hasWildcard: boolean;
}

export type VerbResult = { readonly verb: VerbPattern } | { readonly problem: string };

/** `*`: every verb of every family. */
export const EVERY_VERB: VerbPattern = {
  family: "*",
  text: "*",
  key: "*",
  patterns: [
    { prefix: "", suffix: "", middle: new Automaton("*", "crossing"), afterHash: undefined },
  ],
  hasWildcard: true,
};

/** The pattern that a rule's verb stands for; or why it is no verb. */
export function readVerb(text: string): VerbResult {
  if (text === "*") return { verb: EVERY_VERB };
  const [first = "", ...others] = text.split(":");
  if (isFamily(first)) return readFamilyVerb(first, others.join(":"), text);
  if (AWS_SERVICES.has(first) && others.length === 1) {
    return readFamilyVerb("aws", text, `aws:${text}`);
  }
  if (others.length === 0) {
    return {
      problem: `\`${text}\` is not a verb; a verb is \`family:verb\`, for example \`git:push\``,
    };
  }
  const meant = nearestWord(first, VERB_FAMILIES);
  const hint = meant === undefined ? `\`custom:${text}\` for a verb of your own` : `\`${meant}:\``;
  return { problem: `unknown family \`${first}\`; write ${hint}` };
}

/** The verb of one attempt, in the long form; or why it is none. */
export function readConcreteVerb(text: string): VerbResult {
  const result = readVerb(text);
  if ("verb" in result && result.verb.hasWildcard) {
    return { problem: `\`${text}\` is a wildcard; an attempt has one verb` };
  }
  return result;
}

/** The action in the form that is compared: IAM's action names in small letters, the resource in its one spelling. */
export function canonicalAction(action: Action): { action: Action } | { problem: string } {
  const { verb, resource } = action;
  const spelling = spellResource(verb, resource);
  if ("problem" in spelling) return { problem: `the resource has ${spelling.problem}` };
  const isAws = verb.startsWith("aws:");
  if (!isAws && spelling.resource === resource) return { action };
  const service = verb.slice("aws:".length).toLowerCase();
  return {
    action: { ...action, verb: isAws ? `aws:${service}` : verb, resource: spelling.resource },
  };
}

/** The verb that must pass as well, for one of the special verbs. */
export function generalVerb(key: string): Verb | undefined {
  return GENERAL_VERBS.get(key);
}

export function familyOf(verb: string): string {
  const colon = verb.indexOf(":");
  return colon < 0 ? verb : verb.slice(0, colon);
}

/** A text that has been read as a verb, as one. */
export function verbOf(text: string): Verb {
  const family = familyOf(text);
  return isFamily(family) ? `${family}:${text.slice(family.length + 1)}` : `custom:${text}`;
}

export function matchesVerb(pattern: VerbPattern, key: string): boolean {
  return pattern.hasWildcard ? matchesAny(pattern.patterns, key) : pattern.key === key;
}

/** Whether the text is a verb, in the compared form, of a family that takes any. */
export function isOpenVerb(key: string): boolean {
  const family = familyOf(key);
  return isOpen(family) && OPEN_FAMILIES[family].test(key.slice(family.length + 1));
}

export function isFamily(text: string): text is VerbFamily {
  return VERB_FAMILIES.some((family) => family === text);
}

function readFamilyVerb(family: VerbFamily, rest: string, text: string): VerbResult {
  const result = patternOf(family, text);
  if ("problem" in result) return result;
  if (isClosed(family)) {
    const known = CLOSED_FAMILIES[family].map((verb) => `${family}:${verb}`);
    if (known.some((verb) => matchesVerb(result.verb, verb))) return result;
    const meant = nearestWord(rest, CLOSED_FAMILIES[family]);
    const hint = meant === undefined ? "" : `; did you mean \`${family}:${meant}\`?`;
    return { problem: `unknown verb \`${text}\`${hint} ${family} has: ${known.join(", ")}` };
  }
  const isWellFormed = OPEN_FAMILIES[family].test(rest.replaceAll(/[*?]/g, "a"));
  if (isWellFormed || rest === "*") return result;
  return { problem: `\`${text}\` is not a verb of \`${family}\`` };
}

function patternOf(family: VerbFamily, text: string): VerbResult {
  const key = family === "aws" ? text.toLowerCase() : text;
  const glob = compileGlob(key, "crossing");
  if ("problem" in glob) return { problem: `\`${text}\` is not a verb: ${glob.problem}` };
  const hasWildcard = /[*?]/.test(text);
  return { verb: { family, text, key, patterns: glob.patterns, hasWildcard } };
}

function isOpen(family: string): family is keyof typeof OPEN_FAMILIES {
  return Object.hasOwn(OPEN_FAMILIES, family);
}

function isClosed(family: VerbFamily): family is keyof typeof CLOSED_FAMILIES {
  return Object.hasOwn(CLOSED_FAMILIES, family);
}
