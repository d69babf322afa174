"use client";

/** The YAML editor of policies. It is loaded on its own, after the page: see `lazy-editor.tsx`. */
import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, indentOnInput } from "@codemirror/language";
import { lintKeymap } from "@codemirror/lint";
import { EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { useEffect, useEffectEvent, useImperativeHandle, useRef } from "react";
import { useNonce } from "../../../ui/nonce.tsx";
import { EDITOR_LOOK } from "./editor-theme.ts";
import { indentation } from "./indentation.ts";
import type { SchemaNode } from "./json-schema.ts";
import type { Known } from "./known.ts";
import { NOTHING_KNOWN } from "./known.ts";
import { languageHelp, showIssues } from "./language-help.ts";
import { goToPlace, namedLine } from "./named-line.ts";
import { showTestMarks, type TestMark, testMarks } from "./test-marks.ts";
import type { LineColumn } from "./text-position.ts";
import type { Judged } from "./use-judged.ts";

export interface EditorHandle {
  /** Puts the cursor there and the focus into the editor. */
  goTo(place: LineColumn): void;
}

export interface PolicyEditorProps {
  readonly handle?: React.Ref<EditorHandle>;
  readonly label: string;
  readonly value: string;
  /** Left out: it can only be read. */
  readonly onChange?: (text: string) => void;
  /** With them it completes, explains and judges. */
  readonly language?: { readonly schema: SchemaNode; readonly known: Known };
  /** What the engine says about the text; shown where it is about the text that stands here. */
  readonly judged?: Judged | undefined;
  readonly tests?: readonly TestMark[];
  /** A line to bring into sight and mark. */
  readonly line?: number | null;
  readonly describedBy?: string;
}

const NO_TESTS: readonly TestMark[] = [];

export function PolicyEditor(props: PolicyEditorProps) {
  const { value, tests = NO_TESTS, line = null, handle, language, onChange } = props;
  const nonce = useNonce();
  const boxRef = useRef<HTMLDivElement>(null);
  const viewRef = useRef<EditorView>(undefined);
  const change = useEffectEvent((text: string) => onChange?.(text));
  const known = useEffectEvent(() => language?.known ?? NOTHING_KNOWN);
  const longForms = useEffectEvent(() => props.judged?.longForms ?? []);
  const { label, describedBy } = props;
  const schema = language?.schema;
  const isEditable = onChange !== undefined;

  const start = useEffectEvent((extensions: Extension) => {
    const state = EditorState.create({ doc: value, extensions });
    return new EditorView({ state, ...(boxRef.current && { parent: boxRef.current }) });
  });

  useEffect(() => {
    const view = start([
      nonce === "" ? [] : EditorView.cspNonce.of(nonce),
      ...[EDITOR_LOOK, lineNumbers(), namedLine, yaml(), EditorView.lineWrapping],
      EditorView.contentAttributes.of({
        "aria-label": label,
        ...(describedBy !== undefined && { "aria-describedby": describedBy }),
      }),
      isEditable ? editing((text) => change(text)) : reading(),
      schema === undefined
        ? []
        : languageHelp({ schema, known: () => known(), longForms: () => longForms() }),
    ]);
    viewRef.current = view;
    return () => {
      view.destroy();
      viewRef.current = undefined;
    };
  }, [nonce, label, describedBy, schema, isEditable]);

  useEffect(() => {
    const view = viewRef.current;
    if (view === undefined || view.state.doc.toString() === value) return;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } });
  }, [value]);

  useEffect(() => {
    if (viewRef.current !== undefined && isEditable) showTestMarks(viewRef.current, tests);
  }, [tests, isEditable]);

  const { judged } = props;
  useEffect(() => {
    const view = viewRef.current;
    if (view === undefined || judged === undefined) return;
    if (view.state.doc.toString() === judged.text) showIssues(view, judged.issues);
  }, [judged]);

  useEffect(() => {
    if (viewRef.current !== undefined && line !== null) {
      goToPlace(viewRef.current, { line, column: 1 }, true);
    }
  }, [line]);

  useImperativeHandle(handle, () => ({
    goTo(place) {
      if (viewRef.current === undefined) return;
      goToPlace(viewRef.current, place, false);
      viewRef.current.focus();
    },
  }));

  return (
    <div
      ref={boxRef}
      className="min-h-64 overflow-hidden rounded-lg border border-line outline-link focus-within:outline-2 [&_.cm-editor]:min-h-64"
    />
  );
}

function editing(onText: (text: string) => void): Extension {
  return [
    ...[history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets()],
    ...[highlightActiveLine(), highlightActiveLineGutter(), testMarks, indentation],
    // Escape, then Tab leaves the editor; CodeMirror's own, and said below the editor.
    keymap.of([
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...historyKeymap,
      ...completionKeymap,
      ...lintKeymap,
      indentWithTab,
    ]),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) onText(update.state.doc.toString());
    }),
  ];
}

function reading(): Extension {
  return [EditorState.readOnly.of(true), keymap.of(defaultKeymap)];
}
