"use client";

/** What the list is narrowed to: free text, and a chip for every other filter. */
import { X } from "lucide-react";
import type { Filters } from "../../data/use-filters.ts";
import { Button } from "../../ui/button.tsx";
import { ChoiceFilter, FilterBar, PeriodFilter, TextFilter } from "../../ui/filter-bar.tsx";
import { AddFilter } from "./add-filter.tsx";
import { FILTER_KINDS, IN_BAR, type RecordFilters, valueLabel } from "./record-filters.ts";

const DECISIONS = [
  { value: "", label: "Any decision" },
  { value: "allow", label: "Allowed" },
  { value: "deny", label: "Denied" },
  { value: "approve", label: "Needs approval" },
  { value: "deny,approve", label: "Not allowed" },
];

export function RecordFilterBar(props: Filters<RecordFilters>) {
  const { filters, change, isFiltered } = props;
  const { decision = "", since = "", text = "" } = filters;
  return (
    <FilterBar>
      <TextFilter
        label="Text in resource, explanation, model, error or reference"
        placeholder="Text in resource, explanation, error…"
        title="What was said lies sealed in payloads: it is not searched."
        value={text}
        onChange={(value) => change("text", value)}
      />
      <ChoiceFilter
        label="Decision"
        options={DECISIONS}
        value={decision}
        onChange={(value) => change("decision", value)}
      />
      <PeriodFilter label="Time" value={since} onChange={(value) => change("since", value)} />
      <AddFilter filters={filters} onAdd={change} />
      {isFiltered && <Chips {...props} />}
    </FilterBar>
  );
}

function Chips({ filters, change, clear }: Filters<RecordFilters>) {
  const shown = FILTER_KINDS.filter(
    ({ name }) => filters[name] !== undefined && !IN_BAR.includes(name),
  );
  return (
    <ul aria-label="Filters" className="flex min-w-0 basis-full flex-wrap items-center gap-1.5">
      {shown.map((kind) => {
        const value = String(filters[kind.name]);
        return (
          <li
            key={kind.name}
            className="inline-flex max-w-full items-center gap-1 rounded-md border border-line bg-raised pl-2 text-xs"
          >
            <span className="shrink-0 text-muted">{kind.label}</span>
            <span className="truncate font-medium">{valueLabel(kind, value)}</span>
            <button
              type="button"
              aria-label={`Remove the filter ${kind.label} ${value}`}
              onClick={() => change(kind.name, null)}
              className="inline-flex size-6 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-text coarse:size-11"
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
