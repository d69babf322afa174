"use client";

/** One of a few, each with a line about it. */
import { useId } from "react";
import { Choice } from "./choice.tsx";

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

export function RadioGroup(props: Props) {
  const { label, options, cards = false, name, value, defaultValue, onValueChange } = props;
  const id = useId();
  return (
    <div role="radiogroup" aria-labelledby={id} className="flex flex-col gap-1.5">
      <span id={id} className="font-medium text-sm">
        {label}
      </span>
      <div className="flex flex-col gap-2">
        {options.map((option) => (
          <Choice
            key={option.value}
            id={`${id}-${option.value}`}
            label={option.label}
            hint={option.hint}
            card={cards}
          >
            <input
              type="radio"
              id={`${id}-${option.value}`}
              // Browsers tell groups of radio buttons apart by their name.
              name={name ?? id}
              value={option.value}
              disabled={option.disabled}
              {...(value === undefined
                ? { defaultChecked: option.value === defaultValue }
                : { checked: option.value === value })}
              onChange={() => onValueChange?.(option.value)}
              className="size-4 appearance-none rounded-full border border-field bg-raised checked:border-5 checked:border-fill disabled:bg-well"
            />
          </Choice>
        ))}
      </div>
    </div>
  );
}
