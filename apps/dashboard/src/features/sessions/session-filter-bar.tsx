"use client";

/** What the list of sessions is narrowed to. */
import { Search } from "lucide-react";
import { useApi } from "../../data/use-api.ts";
import { Input } from "../../ui/input.tsx";
import { Select } from "../../ui/select.tsx";
import type { SessionFilterName, SessionFilters } from "./session-filters.ts";

const STATES = [
  { value: "", label: "Any state" },
  { value: "active", label: "Active now" },
  { value: "quiet", label: "Quiet" },
];

const PERIODS = [
  { value: "", label: "Any time" },
  { value: "1h", label: "Last hour" },
  { value: "24h", label: "Last 24 hours" },
  { value: "7d", label: "Last 7 days" },
  { value: "30d", label: "Last 30 days" },
];

interface Props {
  readonly filters: SessionFilters;
  readonly change: (name: SessionFilterName, value: string) => void;
}

export function SessionFilterBar({ filters, change }: Props) {
  const { session = "", agent = "", state = "", since = "" } = filters;
  const agents = useApi("GET /agents", {});
  const names = [...new Set(agents.data?.data.map(({ name }) => name) ?? [])];
  const known = agent === "" || names.includes(agent) ? names : [...names, agent];
  return (
    <search className="mb-3 flex flex-wrap items-center gap-2">
      <form
        className="relative min-w-56 flex-1 max-sm:basis-full"
        onSubmit={(event) => {
          event.preventDefault();
          const value = new FormData(event.currentTarget).get("session");
          change("session", typeof value === "string" ? value.trim() : "");
        }}
      >
        <Search
          aria-hidden="true"
          className="-translate-y-1/2 pointer-events-none absolute top-1/2 left-2.5 size-4 text-muted"
        />
        <Input
          key={session}
          type="search"
          name="session"
          aria-label="Id of a session, yours or ours, or its first 8 digits"
          placeholder="Id, or its first 8 digits; then Enter"
          className="pl-8"
          defaultValue={session}
        />
      </form>
      <Select
        aria-label="Agent"
        className="max-sm:flex-1"
        options={[
          { value: "", label: "Any agent" },
          ...known.map((name) => ({ value: name, label: name })),
        ]}
        value={agent}
        onValueChange={(value) => change("agent", value)}
      />
      <Select
        aria-label="State"
        className="max-sm:flex-1"
        options={STATES}
        value={state}
        onValueChange={(value) => change("state", value)}
      />
      <Select
        aria-label="Started"
        className="max-sm:flex-1"
        options={
          PERIODS.some(({ value }) => value === since)
            ? PERIODS
            : [...PERIODS, { value: since, label: since }]
        }
        value={since}
        onValueChange={(value) => change("since", value)}
      />
    </search>
  );
}
