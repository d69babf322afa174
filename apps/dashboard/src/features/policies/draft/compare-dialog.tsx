"use client";

/** Two texts of one policy, to be brought together: mine, theirs, or both. */
import { useState } from "react";
import { Button } from "../../../ui/button.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { MergeEditor } from "../editor/lazy-editor.tsx";
import type { Live } from "./draft-state.ts";

export interface Comparison {
  /** `version 4`, `Ada’s draft`. */
  readonly whose: string;
  readonly text: string;
  /** The version in force, from which the text that is chosen goes on. */
  readonly on: Live;
}

interface Props {
  readonly mine: string;
  readonly comparison: Comparison;
  readonly onSettle: (text: string, on: Live) => void;
  readonly onClose: () => void;
}

export function CompareDialog({ mine, comparison, onSettle, onClose }: Props) {
  const { whose, text, on } = comparison;
  const [merged, setMerged] = useState(mine);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="lg"
      title={`Your draft and ${whose}`}
      description={`Green stands in your draft only, red in ${whose} only. Take or keep each difference, or write on; nothing changes until you choose below.`}
      footer={
        <>
          <Button onClick={() => onSettle(text, on)}>Take {whose}</Button>
          <Button onClick={() => onSettle(mine, on)}>Keep mine</Button>
          <Button variant="primary" onClick={() => onSettle(merged, on)}>
            Use the merged text
          </Button>
        </>
      }
    >
      <MergeEditor label="Both texts" original={text} text={mine} onChange={setMerged} />
    </Dialog>
  );
}
