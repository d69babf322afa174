"use client";

/** Asks before something that cannot be undone; where a name is at stake, it must be typed. */
import { useId, useState } from "react";
import type { ApiError } from "../data/api.ts";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { ErrorState } from "./error-state.tsx";
import { Field } from "./field.tsx";
import { Input } from "./input.tsx";

interface Props {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: React.ReactNode;
  /** What follows from it. */
  readonly description: React.ReactNode;
  /** What the button says, as "Revoke key". */
  readonly action: string;
  readonly onConfirm: () => void;
  /** What must be typed, exactly, before the button works. */
  readonly phrase?: string;
  readonly danger?: boolean;
  readonly loading?: boolean;
  readonly error?: ApiError | null;
  readonly children?: React.ReactNode;
}

export function Confirm(props: Props) {
  const { open, onOpenChange, title, description, children, error } = props;
  const form = useId();
  const [typed, setTyped] = useState("");
  const isTyped = props.phrase === undefined || typed.trim() === props.phrase;
  const change = (next: boolean) => {
    if (!next) setTyped("");
    onOpenChange(next);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={title}
      description={description}
      size="sm"
      footer={
        <>
          <Button onClick={() => change(false)}>Cancel</Button>
          <Button
            type="submit"
            form={form}
            variant={props.danger ? "danger" : "primary"}
            loading={props.loading ?? false}
            disabled={!isTyped}
          >
            {props.action}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (isTyped && !props.loading) props.onConfirm();
        }}
      >
        {children}
        {props.phrase !== undefined && (
          <Field label={<PhraseLabel phrase={props.phrase} />}>
            <Input
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              autoComplete="off"
              spellCheck={false}
              mono
            />
          </Field>
        )}
        {error && <ErrorState error={error} compact />}
      </form>
    </Dialog>
  );
}

function PhraseLabel({ phrase }: { readonly phrase: string }) {
  return (
    <>
      Type <code className="rounded-sm bg-well px-1 font-mono text-xs">{phrase}</code> to go ahead
    </>
  );
}
