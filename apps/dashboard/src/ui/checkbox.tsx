"use client";

/** A choice that can be made or not, with its label. */
import { Check } from "lucide-react";
import { useId } from "react";
import { Choice } from "./choice.tsx";

interface Props {
  readonly label: React.ReactNode;
  readonly hint?: React.ReactNode;
  readonly name?: string;
  readonly value?: string;
  readonly checked?: boolean;
  readonly defaultChecked?: boolean;
  readonly disabled?: boolean;
  readonly onCheckedChange?: (checked: boolean) => void;
}

export function Checkbox({ label, hint, onCheckedChange, ...rest }: Props) {
  const id = useId();
  return (
    <Choice id={id} label={label} hint={hint}>
      <span className="relative flex size-4">
        <input
          {...rest}
          id={id}
          type="checkbox"
          onChange={(event) => onCheckedChange?.(event.currentTarget.checked)}
          className="peer size-4 appearance-none rounded-sm border border-field bg-raised checked:border-fill checked:bg-fill disabled:border-line disabled:bg-well"
        />
        <Check
          aria-hidden="true"
          strokeWidth={3}
          className="pointer-events-none absolute inset-0.5 hidden size-3 text-on-fill peer-checked:block peer-disabled:text-muted"
        />
      </span>
    </Choice>
  );
}
