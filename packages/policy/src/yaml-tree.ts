/**
 * YAML text → trees of plain values that remember their places. Only plain data passes: no aliases, anchors, tags,
 * merges or directives, no key twice, nothing invisible; and nothing that costs much time to refuse.
 */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parseAllDocuments,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { hiddenCharacter, sizeProblem } from "./hostile-text.ts";
import { errorAt, type Issue, type Place } from "./issue.ts";

export interface MapTree {
  readonly kind: "map";
  readonly place: Place;
  readonly entries: ReadonlyMap<string, { readonly key: Place; readonly value: Tree }>;
}
export interface ListTree {
  readonly kind: "list";
  readonly place: Place;
  readonly items: readonly Tree[];
}
export interface ScalarTree {
  readonly kind: "scalar";
  readonly place: Place;
  readonly value: string | number | boolean | null;
}
export type Tree = MapTree | ListTree | ScalarTree;

/** Deepest nesting of lists and maps that a document may have. */
export const DEPTH_MAX = 32;

/** The trees of all documents in the text. Where `issues` is not empty the trees are not to be relied on. */
export function readYaml(text: string): { trees: readonly Tree[]; issues: readonly Issue[] } {
  const problem = sizeProblem(text) ?? hiddenCharacter(text);
  if (problem !== undefined) return { trees: [], issues: [problem] };
  const lineCounter = new LineCounter();
  const parsed = parseAllDocuments(text, {
    lineCounter,
    prettyErrors: false,
    uniqueKeys: false,
    schema: "core",
    version: "1.2",
    merge: false,
    logLevel: "silent",
  });
  const reader = new TreeReader(lineCounter);
  if (!Array.isArray(parsed)) return { trees: [], issues: [] };
  const trees = parsed.map((document) => reader.read(document));
  return { trees, issues: reader.issues };
}

/** The plain value of a tree; maps have no prototype, so that no key is special. */
export function plainValue(tree: Tree): unknown {
  if (tree.kind === "scalar") return tree.value;
  if (tree.kind === "list") return tree.items.map(plainValue);
  const plain: Record<string, unknown> = Object.create(null);
  for (const [key, { value }] of tree.entries) plain[key] = plainValue(value);
  return plain;
}

/** Where the value at `path` stands; the nearest enclosing value's place where there is none. */
export function placeAt(tree: Tree, path: readonly PropertyKey[]): Place {
  return treeAt(tree, path).place;
}

/** Where the key that `path` ends in stands; the value's place where it is an item of a list. */
export function keyPlaceAt(tree: Tree, path: readonly PropertyKey[]): Place {
  const parent = treeAt(tree, path.slice(0, -1));
  const entry = parent.kind === "map" ? parent.entries.get(String(path.at(-1))) : undefined;
  return entry?.key ?? placeAt(tree, path);
}

function treeAt(tree: Tree, path: readonly PropertyKey[]): Tree {
  let current = tree;
  for (const step of path) {
    const next =
      current.kind === "map"
        ? current.entries.get(String(step))?.value
        : current.kind === "list"
          ? current.items[Number(step)]
          : undefined;
    if (next === undefined) return current;
    current = next;
  }
  return current;
}

type Range = readonly [start: number, valueEnd: number, nodeEnd: number];

class TreeReader {
  readonly issues: Issue[] = [];
  readonly #lines: LineCounter;

  constructor(lines: LineCounter) {
    this.#lines = lines;
  }

  read(document: Document): Tree {
    for (const { pos, message } of [...document.errors, ...document.warnings]) {
      this.#refuse(this.#place([pos[0], pos[1], pos[1]]), "yaml_syntax", firstLine(message));
    }
    const place = this.#place(document.range);
    if (document.directives?.yaml.explicit || hasOwnTags(document)) {
      this.#refuse(place, "yaml_directive", "a policy has no `%` directives; remove them");
    }
    if (document.contents === null || isEmptyScalar(document.contents)) {
      this.#refuse(place, "empty_document", "this document is empty; write a policy or remove it");
      return { kind: "scalar", place, value: null };
    }
    return this.#tree(document.contents, 0);
  }

  #tree(node: unknown, depth: number): Tree {
    if (isAlias(node)) {
      this.#refuse(this.#place(node.range), "yaml_alias", "a policy has no aliases; write it out");
    } else if (depth > DEPTH_MAX && (isMap(node) || isSeq(node))) {
      this.#refuse(this.#place(node.range), "too_deep", `nested deeper than ${DEPTH_MAX} levels`);
    } else if (isMap(node) || isSeq(node) || isScalar(node)) {
      const place = this.#place(node.range);
      if (node.tag !== undefined) {
        this.#refuse(place, "yaml_tag", `a policy has no tags; remove \`${node.tag}\``);
      }
      if (node.anchor !== undefined) {
        this.#refuse(place, "yaml_anchor", `a policy has no anchors; remove \`&${node.anchor}\``);
      }
      if (isMap(node)) return this.#map(node, place, depth);
      if (isSeq(node)) return this.#list(node, place, depth);
      return this.#scalar(node.value, place);
    }
    return { kind: "scalar", place: this.#place(undefined), value: null };
  }

  #map(node: YAMLMap, place: Place, depth: number): MapTree {
    const entries = new Map<string, { key: Place; value: Tree }>();
    for (const pair of node.items) this.#entry(entries, pair, depth);
    return { kind: "map", place, entries };
  }

  #entry(entries: Map<string, { key: Place; value: Tree }>, pair: Pair, depth: number): void {
    const key = this.#tree(pair.key, depth + 1);
    const value = this.#tree(pair.value, depth + 1);
    if (key.kind !== "scalar" || typeof key.value !== "string") {
      this.#refuse(key.place, "key_not_text", "a key must be a text");
    } else if (entries.has(key.value)) {
      this.#refuse(key.place, "duplicate_key", `the key \`${key.value}\` stands here twice`);
    } else {
      entries.set(key.value, { key: key.place, value: placed(value, key.place) });
    }
  }

  #list(node: YAMLSeq, place: Place, depth: number): ListTree {
    return { kind: "list", place, items: node.items.map((item) => this.#tree(item, depth + 1)) };
  }

  #scalar(value: unknown, place: Place): ScalarTree {
    if (typeof value === "string") {
      const hidden = hiddenCharacter(value);
      if (hidden !== undefined) this.#refuse(place, hidden.code, hidden.message);
      return { kind: "scalar", place, value };
    }
    if (typeof value === "number" && !Number.isFinite(value)) {
      this.#refuse(place, "not_a_number", "write a finite number");
    }
    const plain = typeof value === "number" || typeof value === "boolean" ? value : null;
    return { kind: "scalar", place, value: plain };
  }

  #refuse(place: Place, code: string, message: string): void {
    this.issues.push(errorAt(place, code, message));
  }

  #place(range: Range | null | undefined): Place {
    const start = range?.[0] ?? 0;
    const end = Math.max(range?.[1] ?? 0, start + 1);
    const from = this.#lines.linePos(start);
    const to = this.#lines.linePos(end);
    return {
      line: Math.max(from.line, 1),
      column: Math.max(from.col, 1),
      endLine: Math.max(to.line, 1),
      endColumn: Math.max(to.col, 1),
    };
  }
}

/** An absent value (`key:` and nothing after it) has no place of its own; its key's serves. */
function placed(tree: Tree, key: Place): Tree {
  const isAbsent = tree.kind === "scalar" && tree.value === null;
  return isAbsent ? { ...tree, place: key } : tree;
}

function isEmptyScalar(node: unknown): boolean {
  return isScalar(node) && node.value === null;
}

function hasOwnTags(document: Document): boolean {
  const tags = document.directives?.tags ?? {};
  return Object.keys(tags).some((handle) => handle !== "!!");
}

function firstLine(message: string): string {
  return message.split("\n", 1)[0] ?? message;
}
