/** The same policy in another mode: only the words that say so change. */
import { readYaml } from "./read-yaml.ts";
import type { Mode } from "./schema.ts";
import type { Tree } from "./yaml-tree.ts";

/** The text with `mode` set in every document; everything else, comments too, stays. The text must be free of errors. */
export function withMode(text: string, mode: Mode): string {
  const lines = text.split("\n");
  const starts = lines.map((line) => line.length + 1);
  const offsetOf = (line: number, column: number): number =>
    starts.slice(0, line - 1).reduce((sum, length) => sum + length, 0) + column - 1;
  let changed = text;
  for (const tree of readYaml(text).trees.toReversed()) {
    const edit = editOf(tree, mode);
    const [from, to] = [offsetOf(edit.line, edit.column), offsetOf(edit.endLine, edit.endColumn)];
    changed = changed.slice(0, from) + edit.text + changed.slice(to);
  }
  return changed;
}

interface Edit {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly text: string;
}

/** Replaces the mode that stands there, or puts one before the first key. */
function editOf(tree: Tree, mode: Mode): Edit {
  const stated = tree.kind === "map" ? tree.entries.get("mode")?.value.place : undefined;
  if (stated !== undefined) return { ...stated, text: mode };
  const [first] = tree.kind === "map" ? tree.entries.values() : [];
  const { line, column } = first?.key ?? tree.place;
  const isFlow = column > tree.place.column || line > tree.place.line;
  const text = isFlow ? `mode: ${mode}, ` : `mode: ${mode}\n${" ".repeat(column - 1)}`;
  return { line, column, endLine: line, endColumn: column, text };
}
