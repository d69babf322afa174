"use client";

/** Asks before something that cannot be undone; where a name is at stake, it must be typed. */
import { useState } from "react";
import { Field } from "./field.tsx";
import { FormDialog, type FormDialogProps } from "./form-dialog.tsx";
import { Input } from "./input.tsx";

interface Props
  extends Pick<FormDialogProps, "title" | "action" | "change" | "onClose" | "children"> {
  /** What follows from it. */
  readonly description: React.ReactNode;
  readonly onConfirm: () => void;
  /** What must be typed, exactly, before the button works. */
  readonly phrase?: string;
}

export function Confirm({ phrase, onConfirm, children, ...dialog }: Props) {
  const [typed, setTyped] = useState("");
  const isTyped = phrase === undefined || typed.trim() === phrase;
  return (
    <FormDialog {...dialog} size="sm" danger disabled={!isTyped} onSubmit={onConfirm}>
      {children}
      {phrase !== undefined && (
        <Field label={<PhraseLabel phrase={phrase} />}>
          <Input
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            mono
          />
        </Field>
      )}
    </FormDialog>
  );
}

function PhraseLabel({ phrase }: { readonly phrase: string }) {
  return (
    <>
      Type <code className="rounded-sm bg-well px-1 font-mono text-xs">{phrase}</code> to go ahead
    </>
  );
}
