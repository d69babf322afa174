"use client";

/** What the list of sessions is narrowed to. */
import { useApi } from "../../data/use-api.ts";
import type { Filters } from "../../data/use-filters.ts";
import { ChoiceFilter, FilterBar, PeriodFilter, TextFilter } from "../../ui/filter-bar.tsx";
import type { SessionFilters } from "./session-filters.ts";

const STATES = [
  { value: "", label: "Any state" },
  { value: "active", label: "Active now" },
  { value: "quiet", label: "Quiet" },
];

export function SessionFilterBar({ filters, change }: Filters<SessionFilters>) {
  const { session = "", agent = "", state = "", since = "" } = filters;
  const agents = useApi("GET /agents", {});
  const names = [...new Set(agents.data?.data.map(({ name }) => name) ?? [])];
  return (
    <FilterBar>
      <TextFilter
        label="Id of a session, yours or ours, or its first 8 digits"
        placeholder="Id, or its first 8 digits"
        value={session}
        onChange={(value) => change("session", value)}
      />
      <ChoiceFilter
        label="Agent"
        options={[
          { value: "", label: "Any agent" },
          ...names.map((name) => ({ value: name, label: name })),
        ]}
        value={agent}
        onChange={(value) => change("agent", value)}
      />
      <ChoiceFilter
        label="State"
        options={STATES}
        value={state}
        onChange={(value) => change("state", value)}
      />
      <PeriodFilter label="Started" value={since} onChange={(value) => change("since", value)} />
    </FilterBar>
  );
}
