"use client";

/** Two texts as one: what differs is marked, and where it may be changed each difference can be taken or left. */
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { goToNextChunk, goToPreviousChunk, unifiedMergeView } from "@codemirror/merge";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { useEffect, useEffectEvent, useRef } from "react";
import { useNonce } from "../../../ui/nonce.tsx";
import { EDITOR_LOOK } from "./editor-theme.ts";

interface Props {
  readonly label: string;
  /** What it is compared with: what only stands there is shown as removed. */
  readonly original: string;
  readonly text: string;
  /** Left out: it can only be read. */
  readonly onChange?: (text: string) => void;
}

export function MergeEditor({ label, original, text, onChange }: Props) {
  const nonce = useNonce();
  const boxRef = useRef<HTMLDivElement>(null);
  const change = useEffectEvent((now: string) => onChange?.(now));
  const isEditable = onChange !== undefined;
  // What is written into it stays: only another pair of texts makes another editor.
  const start = useEffectEvent((extensions: Extension) => {
    const state = EditorState.create({ doc: text, extensions });
    return new EditorView({ state, ...(boxRef.current && { parent: boxRef.current }) });
  });
  useEffect(() => {
    const view = start([
      nonce === "" ? [] : EditorView.cspNonce.of(nonce),
      ...[EDITOR_LOOK, lineNumbers(), yaml(), EditorView.lineWrapping],
      EditorView.contentAttributes.of({ "aria-label": label }),
      isEditable ? editing((now) => change(now)) : EditorState.readOnly.of(true),
      keymap.of([{ key: "F8", run: goToNextChunk, shift: goToPreviousChunk }]),
      unifiedMergeView({
        ...{ original, mergeControls: isEditable ? mergeButton : false },
        ...{ syntaxHighlightDeletions: false, allowInlineDiffs: false },
        collapseUnchanged: { margin: 4, minSize: 12 },
      }),
    ]);
    return () => view.destroy();
  }, [nonce, label, original, isEditable]);
  return (
    <div
      ref={boxRef}
      className="overflow-hidden rounded-lg border border-line outline-link focus-within:outline-2"
    />
  );
}

/** `accept` keeps what is written here, `reject` takes the other's. */
function mergeButton(type: "accept" | "reject", action: (event: MouseEvent) => void): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = type === "accept" ? "Keep mine" : "Take theirs";
  button.onmousedown = action;
  button.onkeydown = (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    button.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
  };
  return button;
}

function editing(onText: (text: string) => void): Extension {
  return [
    history(),
    keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) onText(update.state.doc.toString());
    }),
  ];
}
