"use client";

/** The text itself: the editor, its problems, and whether it is saved. */
import { useId, useMemo } from "react";
import { Kbd } from "../../../ui/kbd.tsx";
import type { DraftOf } from "../draft/use-draft.ts";
import type { SchemaNode } from "../editor/json-schema.ts";
import { PolicyEditor } from "../editor/lazy-editor.tsx";
import type { EditorHandle } from "../editor/policy-editor.tsx";
import type { LineColumn } from "../editor/text-position.ts";
import type { Judged } from "../editor/use-judged.ts";
import { useKnown } from "../editor/use-known.ts";
import type { Tests } from "../tests/use-tests.ts";
import { Problems } from "./problems.tsx";
import { SaveState } from "./save-state.tsx";

interface Props {
  readonly editing: DraftOf;
  readonly schema: SchemaNode;
  readonly judged: Judged | undefined;
  readonly tests: Tests;
  readonly editorRef: React.Ref<EditorHandle>;
  readonly canWrite: boolean;
  readonly goTo: (place: LineColumn) => void;
}

export function EditTab(props: Props) {
  const { editing, schema, judged, tests, editorRef, canWrite, goTo } = props;
  const { draft, change } = editing;
  const known = useKnown();
  const language = useMemo(() => ({ schema, known }), [schema, known]);
  const keys = useId();
  const marks = useMemo(
    () => (tests.isCurrent ? tests.all.filter(({ isDraft }) => isDraft) : []),
    [tests.isCurrent, tests.all],
  );
  return (
    <div className="flex flex-col gap-3">
      <PolicyEditor
        handle={editorRef}
        label="The policy's text"
        describedBy={keys}
        value={draft.text}
        language={language}
        tests={marks}
        judged={judged}
        {...(canWrite && { onChange: (text: string) => change({ kind: "edited", text }) })}
      />
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <SaveState draft={draft} canWrite={canWrite} />
        <p id={keys} className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted text-xs">
          <span>
            <Kbd>Ctrl</Kbd> <Kbd>Space</Kbd> suggests
          </span>
          <span>
            <Kbd>F8</Kbd> next problem
          </span>
          <span>
            <Kbd>Esc</Kbd> then <Kbd>Tab</Kbd> leaves the editor
          </span>
        </p>
      </div>
      <Problems issues={judged?.issues} tests={tests} goTo={goTo} />
    </div>
  );
}
