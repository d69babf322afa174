"use client";

/** A choice between a few views, all of them in sight. */
import clsx from "clsx";

interface Props<Value extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly label: React.ReactNode }[];
  readonly value: Value;
  readonly onValueChange: (value: Value) => void;
}

export function Segmented<Value extends string>(props: Props<Value>) {
  const { label, options, value, onValueChange } = props;
  return (
    <fieldset className="inline-flex h-8 items-center gap-0.5 rounded-md border border-line bg-well p-0.5 coarse:h-11">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onValueChange(option.value)}
          className={clsx(
            "inline-flex h-full min-w-6 items-center justify-center gap-1 whitespace-nowrap rounded-sm px-2 font-medium text-xs",
            option.value === value
              ? "bg-raised text-text shadow-card"
              : "text-muted hover:text-text",
          )}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  );
}
