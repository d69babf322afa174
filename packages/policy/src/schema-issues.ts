/** What the schema refuses, said in the author's terms and at the author's place. */
import * as z from "zod";
import { errorAt, ISSUES_MAX, type Issue } from "./issue.ts";
import { nearestWord } from "./nearest-word.ts";
import { documentSchema, itemSchemas, type RawDocument } from "./schema.ts";
import { keyPlaceAt, placeAt, plainValue, type Tree } from "./yaml-tree.ts";

type SchemaIssue = z.core.$ZodIssue;

/** Most items in one list of a document. */
const ITEMS_MAX = 5_000;

/** A document whose lists hold anything: their items are judged one by one, so that few bad ones are enough. */
const items = z.array(z.unknown()).min(1).max(ITEMS_MAX).optional();
const shellSchema = documentSchema.extend({
  policies: items,
  rules: items,
  limits: items,
  content: items,
  tests: items,
});

/** The document's words, or the first hundred reasons why they are not. */
export function readSchema(tree: Tree): { raw: RawDocument } | { issues: readonly Issue[] } {
  if (tree.kind !== "map") {
    return { issues: [errorAt(tree.place, "wrong_type", "a policy document is a map of keys")] };
  }
  const shell = shellSchema.safeParse(plainValue(tree));
  if (!shell.success) {
    const found = shell.error.issues.slice(0, ISSUES_MAX);
    return { issues: found.flatMap((issue) => toIssues(tree, issue, [])) };
  }
  const reader = new ItemReader(tree);
  const { policies, rules, limits, content, tests, ...rest } = shell.data;
  const raw: RawDocument = {
    ...rest,
    policies: reader.items("policies", itemSchemas.policies, policies),
    rules: reader.items("rules", itemSchemas.rules, rules),
    limits: reader.items("limits", itemSchemas.limits, limits),
    content: reader.items("content", itemSchemas.content, content),
    tests: reader.items("tests", itemSchemas.tests, tests),
  };
  return reader.issues.length > 0 ? { issues: reader.issues } : { raw };
}

class ItemReader {
  readonly issues: Issue[] = [];
  readonly #tree: Tree;

  constructor(tree: Tree) {
    this.#tree = tree;
  }

  items<Schema extends z.ZodType>(
    key: string,
    schema: Schema,
    values: readonly unknown[] | undefined,
  ): z.output<Schema>[] | undefined {
    const read: z.output<Schema>[] = [];
    for (const [index, value] of (values ?? []).entries()) {
      if (this.issues.length >= ISSUES_MAX) break;
      const result = schema.safeParse(value);
      if (result.success) read.push(result.data);
      else {
        const found = result.error.issues.flatMap((issue) =>
          toIssues(this.#tree, issue, [key, index]),
        );
        this.issues.push(...found);
      }
    }
    return values === undefined ? undefined : read;
  }
}

function toIssues(tree: Tree, issue: SchemaIssue, above: readonly PropertyKey[]): Issue[] {
  const path = [...above, ...issue.path];
  const place = placeAt(tree, path);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.slice(0, ISSUES_MAX).map((key) => unknownKey(tree, path, key));
    case "invalid_union":
      return fromUnion(tree, issue, path);
    case "invalid_type":
      return [errorAt(place, "wrong_type", `expected ${typeName(issue.expected)}`)];
    case "invalid_value":
      return [errorAt(place, "unknown_word", `expected ${oneOf(issue.values)}`)];
    case "too_small":
      return [errorAt(place, "too_small", tooSmall(issue))];
    case "too_big":
      return [errorAt(place, "too_big", `at most ${issue.maximum} ${unit(issue.origin)}`)];
    case "invalid_format":
      return [errorAt(place, "wrong_form", issue.message)];
    default:
      return [errorAt(place, "wrong_value", issue.message)];
  }
}

/** Of the alternatives the one that got furthest says what is meant; all fail at once: say what would do. */
function fromUnion(
  tree: Tree,
  issue: z.core.$ZodIssueInvalidUnion,
  path: readonly PropertyKey[],
): Issue[] {
  const alternatives = issue.errors.map((errors) => ({
    errors,
    depth: Math.max(0, ...errors.map((error) => error.path.length)),
    isOtherType: errors.some((error) => error.code === "invalid_type" && error.path.length === 0),
  }));
  const deepest = alternatives
    .filter(({ isOtherType }) => !isOtherType)
    .sort((a, b) => b.depth - a.depth)[0];
  if (deepest !== undefined) return deepest.errors.flatMap((error) => toIssues(tree, error, path));
  return [errorAt(placeAt(tree, path), "wrong_type", "expected a text or a list of texts")];
}

function unknownKey(tree: Tree, path: readonly PropertyKey[], key: string): Issue {
  const place = keyPlaceAt(tree, [...path, key]);
  const meant = nearestWord(key, knownKeys(path));
  const hint = meant === undefined ? "" : `; did you mean \`${meant}\`?`;
  return errorAt(place, "unknown_key", `unknown key \`${key}\`${hint}`);
}

/** The keys that the schema has at `path`, as far as a hint needs them. */
function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  let schema: unknown = documentSchema;
  for (const step of path) {
    schema = unwrap(schema);
    if (isObjectSchema(schema)) schema = schema.shape[String(step)];
    else if (isArraySchema(schema)) schema = schema.element;
    else return [];
  }
  const last = unwrap(schema);
  return isObjectSchema(last) ? Object.keys(last.shape) : [];
}

function unwrap(schema: unknown): unknown {
  return isOptionalSchema(schema) ? schema.unwrap() : schema;
}

function isOptionalSchema(schema: unknown): schema is { unwrap(): unknown } {
  return (
    typeof schema === "object" && schema !== null && "unwrap" in schema && !("element" in schema)
  );
}

function isObjectSchema(schema: unknown): schema is { shape: Record<string, unknown> } {
  return typeof schema === "object" && schema !== null && "shape" in schema;
}

function isArraySchema(schema: unknown): schema is { element: unknown } {
  return typeof schema === "object" && schema !== null && "element" in schema;
}

function typeName(expected: string): string {
  const names: Record<string, string> = {
    string: "a text",
    number: "a number",
    int: "a whole number",
    boolean: "`true` or `false`",
    array: "a list",
    object: "a map of keys",
    record: "a map of keys",
  };
  return names[expected] ?? expected;
}

function oneOf(values: readonly unknown[]): string {
  const words = values.map((value) => `\`${String(value)}\``);
  return words.length === 1 ? (words[0] ?? "") : `one of ${words.join(", ")}`;
}

function tooSmall(issue: z.core.$ZodIssueTooSmall): string {
  if (issue.origin === "string") return "expected a text that is not empty";
  if (issue.origin === "array") return "expected a list that is not empty";
  return `at least ${issue.minimum}`;
}

function unit(origin: string): string {
  return origin === "string" ? "characters" : "items";
}
