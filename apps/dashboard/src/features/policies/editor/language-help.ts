/** What the editor knows of the language: completion, docs on hover, problems as one types. */
import { autocompletion, type Completion, type CompletionContext } from "@codemirror/autocomplete";
import { type Diagnostic, linter, lintGutter } from "@codemirror/lint";
import type { Extension } from "@codemirror/state";
import { type EditorView, hoverTooltip } from "@codemirror/view";
import type { Issue } from "@yolo/policy/issue";
import { docsAt } from "./docs-at.ts";
import type { SchemaNode } from "./json-schema.ts";
import type { Judge } from "./judge.ts";
import type { Judgement } from "./judgement.ts";
import type { Known } from "./known.ts";
import { type Suggestion, suggestionsAt } from "./suggestions.ts";
import { rangeOf } from "./text-position.ts";

export interface Help {
  readonly schema: SchemaNode;
  readonly judge: Judge;
  /** Asked each time: what the org has may come later. */
  known(): Known;
  onIssues(issues: readonly Issue[]): void;
}

/** After so long without a key the text is judged. */
const IDLE_MS = 200;

export function languageHelp({ schema, judge, known, onIssues }: Help): Extension {
  let longForms: Judgement["longForms"] = [];
  async function judgeView(view: EditorView): Promise<readonly Diagnostic[]> {
    const { doc } = view.state;
    const judgement = await judge.judge(doc.toString()).catch(() => undefined);
    if (judgement === undefined || view.state.doc !== doc) return [];
    longForms = judgement.longForms;
    onIssues(judgement.issues);
    return judgement.issues.map((issue) => ({
      ...rangeOf(doc, issue),
      ...{ severity: issue.severity, message: issue.message },
    }));
  }
  return [
    autocompletion({
      override: [(context) => complete(context, { schema, known: known() })],
      icons: false,
      closeOnBlur: true,
    }),
    hoverTooltip(({ state }, at) => {
      const line = state.doc.lineAt(at);
      const place = { line: line.number, column: at - line.from, lineStart: line.from };
      const docs = docsAt(state.doc.toString(), place, { schema, longForms });
      if (docs === undefined) return null;
      const { fromColumn, toColumn, title, lines } = docs;
      return {
        ...{ pos: line.from + fromColumn, end: line.from + toColumn, above: true },
        create: () => ({ dom: docsBox(title, lines) }),
      };
    }),
    linter(judgeView, { delay: IDLE_MS }),
    lintGutter(),
  ];
}

function complete(
  { state, pos, explicit }: CompletionContext,
  language: { readonly schema: SchemaNode; readonly known: Known },
) {
  const found = suggestionsAt(state.doc.toString(), pos, language);
  if (found === undefined || (!explicit && found.from === pos)) return null;
  return { from: found.from, options: found.options.map(completionOf), validFor: /^[^\s,[\]{}]*$/ };
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
