/** What a YAML text holds: plain values that remember their places. */
import type { Place } from "./issue.ts";

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
  readonly isQuoted: boolean;
}
export type Tree = MapTree | ListTree | ScalarTree;

/** The plain value of a tree. */
export function plainValue(tree: Tree): unknown {
  if (tree.kind === "scalar") return tree.value;
  if (tree.kind === "list") return tree.items.map(plainValue);
  const plain: Record<string, unknown> = {};
  for (const [key, { value }] of tree.entries) plain[key] = plainValue(value);
  return plain;
}

/** Where the value at `path` stands; the nearest enclosing value's place where there is none. */
export function placeAt(tree: Tree, path: readonly PropertyKey[]): Place {
  return treeAt(tree, path).place;
}

/** Where the text of the scalar at `path` stands, without the quotes around it. */
export function textPlaceAt(tree: Tree, path: readonly PropertyKey[]): Place {
  const scalar = treeAt(tree, path);
  const { place } = scalar;
  if (scalar.kind !== "scalar" || !scalar.isQuoted) return place;
  return { ...place, column: place.column + 1, endColumn: place.endColumn - 1 };
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
    const next = childOf(current, step);
    if (next === undefined) return current;
    current = next;
  }
  return current;
}

function childOf(tree: Tree, step: PropertyKey): Tree | undefined {
  if (tree.kind === "map") return tree.entries.get(String(step))?.value;
  return tree.kind === "list" ? tree.items[Number(step)] : undefined;
}
