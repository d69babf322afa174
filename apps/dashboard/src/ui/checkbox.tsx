"use client";

import { Checkbox as Base } from "@base-ui/react/checkbox";
import { Check } from "lucide-react";
/** A choice that can be made or not, with its label. */
import { useId } from "react";

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

export function Checkbox({ label, hint, ...rest }: Props) {
  const id = useId();
  return (
    <label
      htmlFor={id}
      className="flex min-h-6 cursor-pointer items-start gap-2 has-data-disabled:cursor-not-allowed coarse:min-h-11 coarse:items-center"
    >
      <Base.Root
        {...rest}
        id={id}
        className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-sm border border-field bg-raised data-checked:border-fill data-checked:bg-fill data-disabled:border-line data-disabled:bg-well coarse:mt-0"
      >
        <Base.Indicator className="text-on-fill">
          <Check aria-hidden="true" className="size-3" strokeWidth={3} />
        </Base.Indicator>
      </Base.Root>
      <span className="flex flex-col text-sm">
        {label}
        {hint !== undefined && <span className="text-muted text-xs">{hint}</span>}
      </span>
    </label>
  );
}
