"use client";

/** What a list is narrowed to: text to look for, and choices beside it. */
import { Search } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Input } from "./input.tsx";
import { Select, type SelectOption } from "./select.tsx";

export function FilterBar({ children }: { readonly children: React.ReactNode }) {
  return <search className="mb-3 flex flex-wrap items-center gap-2">{children}</search>;
}

interface TextProps {
  readonly value: string;
  /** When the typing pauses, or with Enter. */
  readonly onChange: (value: string) => void;
  /** What is looked for in what, for those who cannot see it. */
  readonly label: string;
  readonly placeholder: string;
  readonly title?: string;
  readonly mono?: boolean;
}

const SETTLED_MS = 300;

export function TextFilter({ value, onChange, label, ...input }: TextProps) {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  // The address changed by itself: back, or a filter that was taken away.
  if (known !== value) {
    setKnown(value);
    setText(value);
  }
  const settle = (next: string, afterMs: number) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setKnown(next.trim());
      onChange(next.trim());
    }, afterMs);
  };
  return (
    <form
      className="relative min-w-56 flex-1 max-sm:basis-full"
      onSubmit={(event) => {
        event.preventDefault();
        settle(text, 0);
      }}
    >
      <Search
        aria-hidden="true"
        className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-2.5 size-4 text-muted"
      />
      <Input
        {...input}
        type="search"
        aria-label={label}
        className="pl-8"
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          settle(event.currentTarget.value, SETTLED_MS);
        }}
      />
    </form>
  );
}

interface ChoiceProps {
  readonly label: string;
  /** The first means any. */
  readonly options: readonly SelectOption[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A value from the address that is none of the usual ones is shown as it is. */
export function ChoiceFilter({ label, options, value, onChange }: ChoiceProps) {
  const isUsual = options.some((option) => option.value === value);
  return (
    <Select
      aria-label={label}
      className="max-sm:min-w-36 max-sm:flex-1 sm:max-w-52"
      options={isUsual ? options : [...options, { value, label: value }]}
      value={value}
      onValueChange={onChange}
    />
  );
}

const PERIODS = [
  { value: "", label: "Any time" },
  { value: "15m", label: "Last 15 minutes" },
  { value: "1h", label: "Last hour" },
  { value: "24h", label: "Last 24 hours" },
  { value: "7d", label: "Last 7 days" },
  { value: "30d", label: "Last 30 days" },
];

export function PeriodFilter(props: Omit<ChoiceProps, "options">) {
  return <ChoiceFilter {...props} options={PERIODS} />;
}
