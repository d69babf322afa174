/** What may be written at a place in a policy: keys, values, verbs, resources, names of the org, words of conditions. */
import { AWS_SERVICES } from "@yolo/policy/aws-services";
import { CLOSED_VERBS } from "@yolo/policy/verb";
import { conditionSuggestions } from "./condition-suggestions.ts";
import {
  holdsMore,
  keysOf,
  nodesAt,
  type SchemaKey,
  type SchemaNode,
  valuesOf,
} from "./json-schema.ts";
import type { Known } from "./known.ts";
import { type Spot, spotAt } from "./yaml-spot.ts";

export interface Suggestion {
  readonly label: string;
  readonly kind: "key" | "value" | "verb" | "resource" | "name" | "variable" | "function";
  /** What is written; left out: the label. */
  readonly insert?: string;
  /** A word beside it. */
  readonly detail?: string;
  /** What it means. */
  readonly info?: string;
}

export interface Suggestions {
  /** Where the word that they replace begins. */
  readonly from: number;
  readonly options: readonly Suggestion[];
}

/** Understood, and not published by this version: nobody is led there. */
const LATER = new Set(
  ["limits", "content", "volumes", "usage", "by", "quorum", "within"].concat("hold", "notify"),
);

/** Undefined where nothing can be said. */
export function suggestionsAt(
  text: string,
  offset: number,
  { schema, known }: { readonly schema: SchemaNode; readonly known: Known },
): Suggestions | undefined {
  const spot = spotAt(text, offset);
  if (spot === undefined) return undefined;
  const nodes = nodesAt(schema, spot.path);
  const key = spot.path.findLast((part) => part !== "[]") ?? "";
  if (key === "if" || key === "sum") return conditionSuggestions(spot, offset);
  const keys = spot.kind === "word" ? keySuggestions(spot, keysOf(nodes)) : [];
  const values = [...valueSuggestions(spot, nodes), ...wordSuggestions(spot, key, known)];
  const options = [...keys, ...(mayHoldText(spot, nodes) ? values : [])];
  return options.length === 0 ? undefined : { from: spot.from, options };
}

function keySuggestions({ siblings }: Spot, keys: readonly SchemaKey[]): Suggestion[] {
  return keys
    .filter(({ name }) => !siblings.has(name) && !LATER.has(name))
    .map(({ name, description, isRequired, node }) => ({
      ...{
        label: name,
        kind: "key",
        info: description,
        insert: `${name}:${isBelow(node) ? "" : " "}`,
      },
      ...(isRequired && { detail: "required" }),
    }));
}

/** Whether the value is written on the lines below. */
function isBelow({ type }: SchemaNode): boolean {
  return type === "array" || type === "object";
}

function mayHoldText({ kind, path }: Spot, nodes: readonly SchemaNode[]): boolean {
  return kind === "value" || path.at(-1) === "[]" || !holdsMore(nodes).map;
}

function valueSuggestions({ path }: Spot, nodes: readonly SchemaNode[]): Suggestion[] {
  const items = nodes.flatMap(({ items }) => (items === undefined ? [] : [items]));
  const all = path.at(-1) === "[]" ? nodes : [...nodes, ...items];
  return valuesOf(all).map((label) => ({ label, kind: "value" }));
}

const VERB_KEYS = new Set(["allow", "approve", "deny", "of"]);

/** Words that the schema does not name: verbs, resources, and what the org has. */
function wordSuggestions(spot: Spot, key: string, known: Known): Suggestion[] {
  const [top] = spot.path;
  const isRule = top === "rules" || top === "volumes";
  if (isRule && VERB_KEYS.has(key)) return verbSuggestions(spot.word, true);
  if (top === "tests" && key === "action") return verbSuggestions(spot.word, false);
  if (top === "policies") return sentenceSuggestions(spot, known);
  switch (key) {
    case "on":
      return resourceSuggestions(verbsBeside(spot), known);
    case "agent":
    case "agents":
      return named(known.agents, "agent");
    case "project":
      return named(known.projects, "project");
    default:
      return [];
  }
}

/** The verbs of the rule or test that the word stands in. */
export function verbsBeside({ siblings }: Spot): readonly string[] {
  const written = ["allow", "approve", "deny", "action"].map((key) => siblings.get(key) ?? "");
  return written.join(" ").match(/[a-z]+:[\w.:*?-]+/gi) ?? [];
}

const FAMILIES = ["llm:*", "mcp:*", "http:*", "git:*", "db:*", "tool:*"];
const TOOLS = ["Bash", "Read", "Write", "Edit", "Glob", "Grep", "WebFetch", "WebSearch"];
const ACTIONS = [
  ...["s3:GetObject", "s3:PutObject", "s3:ListBucket", "s3:DeleteObject", "s3:DeleteBucket"],
  ...["ec2:TerminateInstances", "ec2:StopInstances", "ecs:UpdateService", "lambda:InvokeFunction"],
  ...["lambda:UpdateFunctionCode", "secretsmanager:GetSecretValue", "iam:PassRole"],
];

function verbSuggestions(word: string, hasWildcards: boolean): Suggestion[] {
  const concrete = [
    ...CLOSED_VERBS,
    ...TOOLS.map((tool) => `tool:${tool}`),
    ...ACTIONS.map((action) => `aws:${action}`),
  ];
  const services = word.startsWith("aws:") ? [...AWS_SERVICES].map((name) => `aws:${name}:*`) : [];
  const wild = hasWildcards ? [...FAMILIES, ...services] : [];
  return [...concrete, ...wild].map((label) => ({ label, kind: "verb" }));
}

/** `verb on resource`: the verb first, behind `on` the resource. */
function sentenceSuggestions({ word }: Spot, known: Known): Suggestion[] {
  const verb = /^(\S+) on /.exec(word)?.[1];
  if (verb === undefined) {
    return verbSuggestions(word, true).map((one) => ({ ...one, insert: `${one.label} on ` }));
  }
  return resourceSuggestions([verb], known).map((one) => ({
    ...one,
    insert: `${verb} on ${one.label}`,
    label: `${verb} on ${one.label}`,
  }));
}

/** Shapes of resources by family, for those whose agents have not done anything yet. */
const SHAPES: { readonly [family: string]: readonly string[] } = {
  llm: ["anthropic/claude-*", "anthropic/models"],
  git: ["branches/main", "branches/feature/**", "tags/**", "github.com/acme/**"],
  aws: ["arn:aws:s3:::bucket/*"],
};

/** What agents of this org have acted on lately, first of the families of these verbs. */
function resourceSuggestions(verbs: readonly string[], known: Known): Suggestion[] {
  const families = new Set(verbs.map((verb) => verb.replace(/:.*/, "")));
  const isWanted = (family: string) => families.size === 0 || families.has(family);
  const seen = known.resources.filter(({ family }) => isWanted(family));
  const shapes = Object.entries(SHAPES).flatMap(([family, texts]) =>
    isWanted(family) ? texts.map((text) => ({ text, detail: "example" })) : [],
  );
  const texts = [...seen.map(({ resource }) => ({ text: resource, detail: "seen" })), ...shapes];
  return texts.map(({ text, detail }) => ({
    ...{ label: text, kind: "resource", detail },
    ...(/^[*&!]|: | #|[,[\]{}]/.test(text) && { insert: JSON.stringify(text) }),
  }));
}

function named(names: readonly string[], detail: string): Suggestion[] {
  return names.map((label) => ({ label, kind: "name", detail }));
}
