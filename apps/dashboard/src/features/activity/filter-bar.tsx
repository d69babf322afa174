"use client";

/** What the list is narrowed to: free text, and a chip for every other filter. */
import { Search, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Input } from "../../ui/input.tsx";
import { Select } from "../../ui/select.tsx";
import { AddFilter } from "./add-filter.tsx";
import { FILTER_KINDS, valueLabel } from "./record-filters.ts";
import type { Filters } from "./use-record-filters.ts";

const DECISIONS = [
  { value: "", label: "Any decision" },
  { value: "allow", label: "Allowed" },
  { value: "deny", label: "Denied" },
  { value: "approve", label: "Needs approval" },
  { value: "deny,approve", label: "Not allowed" },
];

const PERIODS = [
  { value: "", label: "Any time" },
  { value: "15m", label: "Last 15 minutes" },
  { value: "1h", label: "Last hour" },
  { value: "24h", label: "Last 24 hours" },
  { value: "7d", label: "Last 7 days" },
  { value: "30d", label: "Last 30 days" },
];

export function FilterBar({ filters, change, clear }: Filters) {
  const { decision = "", since = "", text = "" } = filters;
  return (
    <search className="mb-3 flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <TextFilter value={text} onChange={(value) => change("text", value)} />
        <Select
          aria-label="Decision"
          className="max-sm:flex-1"
          options={withOther(DECISIONS, decision)}
          value={decision}
          onValueChange={(value) => change("decision", value)}
        />
        <Select
          aria-label="Time"
          className="max-sm:flex-1"
          options={withOther(PERIODS, since)}
          value={since}
          onValueChange={(value) => change("since", value)}
        />
        <AddFilter filters={filters} onAdd={change} />
      </div>
      <Chips filters={filters} change={change} clear={clear} />
    </search>
  );
}

/** A value from the address that is none of the usual ones is shown as it is. */
function withOther<Option extends { value: string; label: string }>(
  options: readonly Option[],
  value: string,
) {
  return options.some((option) => option.value === value)
    ? options
    : [...options, { value, label: value }];
}

const SETTLED_MS = 300;

function TextFilter({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  // The address changed by itself: back, or a chip that was taken away.
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
        type="search"
        aria-label="Text in resource, explanation, model, error or reference"
        placeholder="Text in resource, explanation, error…"
        title="What was said lies sealed in payloads: it is not searched."
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

/** What has a control of its own above needs no chip. */
const IN_BAR: ReadonlySet<string> = new Set(["decision", "since"]);

function Chips({ filters, change, clear }: Filters) {
  if (Object.keys(filters).length === 0) return null;
  const shown = FILTER_KINDS.filter(({ name }) => filters[name] !== undefined && !IN_BAR.has(name));
  return (
    <ul aria-label="Filters" className="flex flex-wrap items-center gap-1.5">
      {shown.map((kind) => {
        const value = String(filters[kind.name]);
        return (
          <li
            key={kind.name}
            className="inline-flex max-w-full items-center gap-1 rounded-md border border-line bg-raised pl-2 text-xs"
          >
            <span className="text-muted">{kind.label}</span>
            <span className="truncate font-medium">{valueLabel(kind, value)}</span>
            <button
              type="button"
              aria-label={`Remove the filter ${kind.label} ${value}`}
              onClick={() => change(kind.name, null)}
              className="inline-flex size-6 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-text coarse:size-11"
            >
              <X aria-hidden="true" className="size-3" />
            </button>
          </li>
        );
      })}
      <li>
        <Button variant="ghost" size="sm" onClick={clear}>
          Clear all
        </Button>
      </li>
    </ul>
  );
}
