/** What the editor knows of the language: completion, docs on hover, problems. */
import { autocompletion, type Completion, type CompletionContext } from "@codemirror/autocomplete";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import type { Extension } from "@codemirror/state";
import { type EditorView, hoverTooltip } from "@codemirror/view";
import type { Issue } from "@yolo/policy/issue";
import type { LongForm } from "@yolo/policy/long-forms";
import { docsAt } from "./docs-at.ts";
import type { SchemaNode } from "./json-schema.ts";
import type { Known } from "./known.ts";
import { type Suggestion, suggestionsAt } from "./suggestions.ts";
import { rangeOf } from "./text-position.ts";

export interface Help {
  readonly schema: SchemaNode;
  /** Asked each time: what the org has, and what short forms stand for, comes later and changes. */
  known(): Known;
  longForms(): readonly LongForm[];
}

export function languageHelp({ schema, known, longForms }: Help): Extension {
  return [
    autocompletion({
      override: [(context) => complete(context, { schema, known: known() })],
      icons: false,
    }),
    hoverTooltip(({ state }, at) => {
      const line = state.doc.lineAt(at);
      const place = { line: line.number, column: at - line.from, lineStart: line.from };
      const docs = docsAt(state.doc.toString(), place, { schema, longForms: longForms() });
      if (docs === undefined) return null;
      const { fromColumn, toColumn, title, lines } = docs;
      return {
        ...{ pos: line.from + fromColumn, end: line.from + toColumn, above: true },
        create: () => ({ dom: docsBox(title, lines) }),
      };
    }),
    lintGutter(),
  ];
}

/** Marks the problems; they must be those of the text that stands in the editor. */
export function showIssues(view: EditorView, issues: readonly Issue[]): void {
  const { doc } = view.state;
  const diagnostics = issues.map((issue) => ({
    ...rangeOf(doc, issue),
    ...{ severity: issue.severity, message: issue.message },
  }));
  view.dispatch(setDiagnostics(view.state, diagnostics));
}

function complete(
  { state, pos, explicit }: CompletionContext,
  language: { readonly schema: SchemaNode; readonly known: Known },
) {
  const found = suggestionsAt(state.doc.toString(), pos, language);
  if (found === undefined || (!explicit && found.from === pos)) return null;
  const words = new Set(found.options.map(({ label }) => label));
  // A word that is written out needs no help, and Enter goes to the next line.
  if (!explicit && words.has(state.sliceDoc(found.from, pos))) return null;
  const validFor = (text: string) => /^[^\s,[\]{}]*$/.test(text) && !words.has(text);
  return { from: found.from, options: found.options.map(completionOf), validFor };
}

const RANKS: { readonly [kind in Suggestion["kind"]]: number } = {
  ...{ value: 3, name: 2, key: 1, variable: 1, verb: 0, resource: 0, function: -1 },
};

function completionOf({ label, kind, insert, detail, info }: Suggestion): Completion {
  return {
    ...{ label, type: kind, boost: RANKS[kind] },
    ...(insert !== undefined && { apply: insert }),
    ...(detail !== undefined && { detail }),
    ...(info !== undefined && info !== "" && { info }),
  };
}

/** Text nodes only: what it shows may come from a policy. */
function docsBox(title: string, lines: readonly string[]): HTMLElement {
  const box = document.createElement("div");
  box.className = "cm-policy-docs";
  const head = document.createElement("strong");
  head.textContent = title;
  box.append(head);
  for (const line of lines) {
    const part = document.createElement(lines.length > 1 && line !== lines[0] ? "code" : "div");
    part.textContent = line;
    box.append(part);
  }
  return box;
}
