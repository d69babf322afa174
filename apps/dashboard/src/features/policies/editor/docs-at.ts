/** What the word under the pointer means: the schema's own words, and what a short form stands for. */
import type { LongForm } from "@yolo/policy/long-forms";
import { nodesAt, type SchemaNode } from "./json-schema.ts";
import { spotAt } from "./yaml-spot.ts";

export interface Docs {
  /** Of the word, in the line. */
  readonly fromColumn: number;
  readonly toColumn: number;
  readonly title: string;
  readonly lines: readonly string[];
}

/** `column` from 0. Undefined where there is nothing to say. */
export function docsAt(
  text: string,
  place: { readonly line: number; readonly column: number; readonly lineStart: number },
  { schema, longForms }: { readonly schema: SchemaNode; readonly longForms: readonly LongForm[] },
): Docs | undefined {
  const { line, column, lineStart } = place;
  const form = longForms.find(
    (one) => one.line === line && one.column - 1 <= column && column < one.endColumn - 1,
  );
  if (form !== undefined) {
    const lines = ["means", ...form.means];
    const columns = { fromColumn: form.column - 1, toColumn: form.endColumn - 1 };
    return { ...columns, title: form.written, lines };
  }
  const content = text.slice(lineStart).split("\n", 1)[0] ?? "";
  for (const match of content.matchAll(/["']?([\w$-]+)["']?:(?=\s|$)/g)) {
    const end = match.index + match[0].length - 1;
    if (column < match.index || column >= end) continue;
    const spot = spotAt(text, lineStart + match.index);
    const key = match[1] ?? "";
    if (spot === undefined) return undefined;
    const [description] = nodesAt(schema, spot.path).flatMap(
      ({ properties = {} }) => properties[key]?.description ?? [],
    );
    if (description === undefined) return undefined;
    return { fromColumn: match.index, toColumn: end, title: key, lines: [description] };
  }
  return undefined;
}
