"use client";

import { Switch as Base } from "@base-ui/react/switch";
/** On or off, at once. */
import { useId } from "react";

interface Props {
  readonly label: React.ReactNode;
  readonly hint?: React.ReactNode;
  readonly name?: string;
  readonly checked?: boolean;
  readonly defaultChecked?: boolean;
  readonly disabled?: boolean;
  readonly onCheckedChange?: (checked: boolean) => void;
}

export function Switch({ label, hint, ...rest }: Props) {
  const id = useId();
  return (
    <label
      htmlFor={id}
      className="flex min-h-6 cursor-pointer items-start gap-2.5 has-data-disabled:cursor-not-allowed coarse:min-h-11 coarse:items-center"
    >
      <Base.Root
        {...rest}
        id={id}
        className="mt-0.5 flex h-4.5 w-8 shrink-0 items-center rounded-full border border-field bg-well p-px transition-colors data-checked:border-fill data-checked:bg-fill data-disabled:opacity-60 coarse:mt-0"
      >
        <Base.Thumb className="size-3.5 rounded-full bg-field transition-transform data-checked:translate-x-3.5 data-checked:bg-on-fill" />
      </Base.Root>
      <span className="flex flex-col text-sm">
        {label}
        {hint !== undefined && <span className="text-muted text-xs">{hint}</span>}
      </span>
    </label>
  );
}
