"use client";

/** A labelled control with a hint and an error, tied together for those who listen. */
import { createContext, use, useId } from "react";

interface FieldIds {
  readonly id: string;
  readonly describedBy: string | undefined;
  readonly invalid: boolean;
}

const FieldContext = createContext<FieldIds | undefined>(undefined);

interface FieldControl {
  readonly id: string | undefined;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": true | undefined;
}

/** What a control inside a `Field` sets on its element; its own id wins. */
export function useFieldControl(ownId?: string): FieldControl {
  const field = use(FieldContext);
  return {
    id: ownId ?? field?.id,
    "aria-describedby": field?.describedBy,
    "aria-invalid": field?.invalid || undefined,
  };
}

interface Props {
  readonly label: React.ReactNode;
  readonly hint?: React.ReactNode;
  /** What is wrong with the value. */
  readonly error?: React.ReactNode;
  /** Said after the label. */
  readonly optional?: boolean;
  readonly children: React.ReactNode;
}

export function Field({ label, hint, error, optional = false, children }: Props) {
  const id = useId();
  const hasError = error !== undefined && error !== null && error !== false && error !== "";
  const ids = [hint !== undefined && `${id}-hint`, hasError && `${id}-error`].filter(Boolean);
  const describedBy = ids.length === 0 ? undefined : ids.join(" ");
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
        {optional && <span className="font-normal text-muted"> (optional)</span>}
      </label>
      <FieldContext value={{ id, describedBy, invalid: hasError }}>{children}</FieldContext>
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-muted text-xs">
          {hint}
        </p>
      )}
      {hasError && (
        <p id={`${id}-error`} className="text-bad text-xs" role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
