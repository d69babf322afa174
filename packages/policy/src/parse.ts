/** Policy text → documents as written. Never throws; whatever is not understood is an issue at its place. */
import type { PolicyContent, PolicyDocument, PolicyLimit } from "./document.ts";
import { errorAt, type Issue, inReadingOrder, START } from "./issue.ts";
import { located, maybeWords, type Path, words } from "./located.ts";
import { readRules } from "./read-rule.ts";
import { readTest } from "./read-test.ts";
import { readYaml } from "./read-yaml.ts";
import type { RawDocument } from "./schema.ts";
import { readSchema } from "./schema-issues.ts";
import { keyPlaceAt, placeAt, type Tree } from "./yaml-tree.ts";

export type { Issue } from "./issue.ts";

/** The documents of the text, in order. Where an issue is an error they are incomplete and must not be enforced. */
export function parsePolicy(text: string): {
  documents: readonly PolicyDocument[];
  issues: readonly Issue[];
} {
  const { trees, issues: syntax } = readYaml(text);
  if (syntax.length > 0) return { documents: [], issues: inReadingOrder(syntax) };
  if (trees.length === 0) {
    const empty = errorAt(START, "empty_policy", "this policy is empty; write at least one rule");
    return { documents: [], issues: [empty] };
  }
  const documents: PolicyDocument[] = [];
  const issues: Issue[] = [];
  for (const tree of trees) {
    const schema = readSchema(tree);
    if ("issues" in schema) {
      issues.push(...schema.issues);
      continue;
    }
    const read = readDocument(tree, schema.raw);
    documents.push(read.document);
    issues.push(...read.issues);
  }
  return { documents, issues: inReadingOrder(issues) };
}

function readDocument(
  tree: Tree,
  raw: RawDocument,
): { document: PolicyDocument; issues: readonly Issue[] } {
  const { rules, issues } = readRules(tree, raw);
  const document: PolicyDocument = {
    place: tree.place,
    mode: raw.mode ?? "enforce",
    isBoundary: raw.boundary ?? false,
    agents: maybeWords(tree, ["agents"], raw.agents) ?? maybeWords(tree, ["agent"], raw.agent),
    requiresUser: raw.require === undefined ? undefined : placeAt(tree, ["require"]),
    labels: Object.entries(raw.labels ?? {}).map(([label, resources]) => ({
      label: { value: label, place: keyPlaceAt(tree, ["labels", label]) },
      resources: words(tree, ["labels", label], resources),
    })),
    volumes: Object.entries(raw.volumes ?? {}).map(([name, volume]) => ({
      name: { value: name, place: keyPlaceAt(tree, ["volumes", name]) },
      sum: located(tree, ["volumes", name, "sum"], volume.sum),
      of: words(tree, ["volumes", name, "of"], volume.of),
      over: located(tree, ["volumes", name, "over"], volume.over),
    })),
    rules,
    limits: (raw.limits ?? []).map((limit, index) => readLimit(tree, ["limits", index], limit)),
    content: (raw.content ?? []).map((content, index) =>
      readContent(tree, ["content", index], content),
    ),
    tests: (raw.tests ?? []).map((test, index) => readTest(tree, ["tests", index], test)),
  };
  return { document, issues: [...issues, ...contradictions(tree, raw)] };
}

const LIMIT_KINDS = ["rate", "budget", "loop"] as const;

function readLimit(
  tree: Tree,
  path: Path,
  limit: NonNullable<RawDocument["limits"]>[number],
): PolicyLimit {
  return {
    place: placeAt(tree, path),
    kinds: LIMIT_KINDS.filter((kind) => limit[kind] !== undefined),
    alert: limit.alert === undefined ? undefined : keyPlaceAt(tree, [...path, "alert"]),
  };
}

function readContent(
  tree: Tree,
  path: Path,
  content: NonNullable<RawDocument["content"]>[number],
): PolicyContent {
  return { place: placeAt(tree, path), find: words(tree, [...path, "find"], content.find) };
}

/** Keys that do not go together. */
function contradictions(tree: Tree, raw: RawDocument): Issue[] {
  const found: Issue[] = [];
  if (raw.agent !== undefined && raw.agents !== undefined) {
    const message = "write either `agent` or `agents`, not both";
    found.push(errorAt(keyPlaceAt(tree, ["agents"]), "two_selections", message));
  }
  if (raw.requires_approval === true && raw.policies === undefined) {
    const message = "`requires_approval` is about the sentences in `policies`, and there are none";
    found.push(errorAt(keyPlaceAt(tree, ["requires_approval"]), "no_sentences", message));
  }
  return found;
}
