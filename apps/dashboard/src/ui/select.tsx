"use client";

/** One of a few. The browser's own, so that phones show their wheel and keyboards type ahead. */
import clsx from "clsx";
import { ChevronsUpDown } from "lucide-react";
import { useFieldControl } from "./field.tsx";
import { INPUT, INPUT_HEIGHT } from "./input-style.ts";

export interface SelectOption {
  readonly value: string;
  readonly label: string;
  readonly disabled?: boolean;
}

interface Props extends Omit<React.ComponentProps<"select">, "onChange"> {
  readonly options: readonly SelectOption[];
  readonly onValueChange?: (value: string) => void;
}

export function Select({ className, options, onValueChange, id, ...rest }: Props) {
  const control = useFieldControl(id);
  return (
    <span className={clsx("relative inline-flex min-w-24", className)}>
      <select
        {...control}
        {...rest}
        className={clsx(INPUT, INPUT_HEIGHT, "appearance-none truncate pr-8")}
        onChange={(event) => onValueChange?.(event.currentTarget.value)}
      >
        {options.map(({ value, label, disabled }) => (
          <option key={value} value={value} disabled={disabled} className="bg-raised text-text">
            {label}
          </option>
        ))}
      </select>
      <ChevronsUpDown
        aria-hidden="true"
        className="-translate-y-1/2 pointer-events-none absolute top-1/2 right-2.5 size-3.5 text-muted"
      />
    </span>
  );
}
