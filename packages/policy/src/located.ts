/** Values of a document together with their places. */
import type { Word } from "./issue.ts";
import { placeAt, type Tree } from "./yaml-tree.ts";

export type Path = readonly PropertyKey[];

/** The value at a path; its place is where it stands, or its key. */
export function located<Value>(tree: Tree, path: Path, value: Value): Word<Value> {
  return { value, place: placeAt(tree, path) };
}

export function maybeLocated<Value>(
  tree: Tree,
  path: Path,
  value: Value | undefined,
): Word<Value> | undefined {
  return value === undefined ? undefined : located(tree, path, value);
}

/** One text or a list of texts, as a list of words. */
export function words(tree: Tree, path: Path, value: string | readonly string[]): readonly Word[] {
  if (typeof value === "string") return [located(tree, path, value)];
  return value.map((item, index) => located(tree, [...path, index], item));
}

export function maybeWords(
  tree: Tree,
  path: Path,
  value: string | readonly string[] | undefined,
): readonly Word[] | undefined {
  return value === undefined ? undefined : words(tree, path, value);
}
