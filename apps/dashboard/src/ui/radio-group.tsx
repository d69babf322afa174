"use client";

/** One of a few, each with a line about it. */
import { Radio } from "@base-ui/react/radio";
import { RadioGroup as Base } from "@base-ui/react/radio-group";
import { useId } from "react";

export interface RadioOption {
  readonly value: string;
  readonly label: React.ReactNode;
  readonly hint?: React.ReactNode;
  readonly disabled?: boolean;
}

interface Props {
  readonly label: React.ReactNode;
  readonly options: readonly RadioOption[];
  readonly name?: string;
  readonly value?: string;
  readonly defaultValue?: string;
  readonly onValueChange?: (value: string) => void;
  /** Each option in a box of its own. */
  readonly cards?: boolean;
}

const CARD =
  "rounded-md border border-line bg-raised p-3 hover:border-field has-data-checked:border-fill has-data-checked:bg-link-halo";

export function RadioGroup({ label, options, cards = false, onValueChange, ...rest }: Props) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1.5">
      <span id={id} className="font-medium text-sm">
        {label}
      </span>
      <Base
        {...rest}
        aria-labelledby={id}
        className="flex flex-col gap-2"
        onValueChange={(value) => onValueChange?.(String(value))}
      >
        {options.map((option) => (
          <label
            key={option.value}
            htmlFor={`${id}-${option.value}`}
            className={`flex min-h-6 cursor-pointer items-start gap-2.5 coarse:min-h-11 coarse:items-center ${cards ? CARD : ""}`}
          >
            <Radio.Root
              id={`${id}-${option.value}`}
              value={option.value}
              disabled={option.disabled}
              className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border border-field bg-raised data-checked:border-fill data-disabled:bg-well coarse:mt-0"
            >
              <Radio.Indicator className="size-2 rounded-full bg-fill" />
            </Radio.Root>
            <span className="flex min-w-0 flex-col text-sm">
              {option.label}
              {option.hint !== undefined && (
                <span className="text-muted text-xs">{option.hint}</span>
              )}
            </span>
          </label>
        ))}
      </Base>
    </div>
  );
}
