"use client";

/** On or off, at once. */
import { useId } from "react";
import { Choice } from "./choice.tsx";

interface Props {
  readonly label: React.ReactNode;
  readonly hint?: React.ReactNode;
  readonly name?: string;
  readonly checked?: boolean;
  readonly defaultChecked?: boolean;
  readonly disabled?: boolean;
  readonly onCheckedChange?: (checked: boolean) => void;
}

/** A checkbox tells by itself whether it is on. */
const SWITCH = { type: "checkbox", role: "switch" } as const;

export function Switch({ label, hint, onCheckedChange, ...rest }: Props) {
  const id = useId();
  return (
    <Choice id={id} label={label} hint={hint}>
      <span className="relative flex h-4.5 w-8">
        <input
          {...rest}
          id={id}
          {...SWITCH}
          onChange={(event) => onCheckedChange?.(event.currentTarget.checked)}
          className="peer h-4.5 w-8 appearance-none rounded-full border border-field bg-well transition-colors checked:border-fill checked:bg-fill disabled:opacity-60"
        />
        <span
          aria-hidden="true"
          className="pointer-events-none absolute top-0.5 left-0.5 size-3.5 rounded-full bg-field transition-transform peer-checked:translate-x-3.5 peer-checked:bg-on-fill"
        />
      </span>
    </Choice>
  );
}
