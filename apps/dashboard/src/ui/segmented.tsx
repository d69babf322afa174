"use client";

/** A choice between a few views, all of them in sight. */
import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";

interface Props<Value extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly label: React.ReactNode }[];
  readonly value: Value;
  readonly onValueChange: (value: Value) => void;
}

export function Segmented<Value extends string>(props: Props<Value>) {
  const { label, options, value, onValueChange } = props;
  return (
    <ToggleGroup
      aria-label={label}
      value={[value]}
      onValueChange={([next]) => {
        const chosen = options.find((option) => option.value === next);
        if (chosen !== undefined) onValueChange(chosen.value);
      }}
      className="inline-flex h-8 items-center gap-0.5 rounded-md border border-line bg-well p-0.5 coarse:h-11"
    >
      {options.map((option) => (
        <Toggle
          key={option.value}
          value={option.value}
          className="inline-flex h-full min-w-6 items-center justify-center gap-1 whitespace-nowrap rounded-sm px-2 font-medium text-muted text-xs hover:text-text data-pressed:bg-raised data-pressed:text-text data-pressed:shadow-card"
        >
          {option.label}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
