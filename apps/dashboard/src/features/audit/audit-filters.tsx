"use client";

/** What the list of changes is narrowed to. */
import { X } from "lucide-react";
import type { FormEvent } from "react";
import { Button } from "../../ui/button.tsx";
import { Input } from "../../ui/input.tsx";
import { Select } from "../../ui/select.tsx";
import type { ChangeFilterName, ChangeFilters } from "./change-filters.ts";

const VERBS = [
  { value: "", label: "Any change" },
  { value: "policy", label: "Policies" },
  { value: "agent", label: "Agents" },
  { value: "agent-key", label: "Agent keys" },
  { value: "project", label: "Projects" },
  { value: "connector", label: "Connectors" },
  { value: "member", label: "Members" },
  { value: "api-token", label: "API tokens" },
  { value: "org", label: "The org" },
  { value: "record.read", label: "Payloads shown" },
];

const PERIODS = [
  { value: "", label: "Any time" },
  { value: "1h", label: "Last hour" },
  { value: "24h", label: "Last 24 hours" },
  { value: "7d", label: "Last 7 days" },
  { value: "30d", label: "Last 30 days" },
];

interface Props {
  readonly filters: ChangeFilters;
  readonly change: (name: ChangeFilterName, value: string) => void;
  readonly clear: () => void;
}

export function AuditFilters({ filters, change, clear }: Props) {
  const { member = "", subject = "", verb = "", since = "" } = filters;
  const submit = (name: ChangeFilterName) => (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const value = new FormData(event.currentTarget).get(name);
    change(name, typeof value === "string" ? value.trim() : "");
  };
  return (
    <search className="mb-3 flex flex-wrap items-center gap-2">
      <form className="min-w-44 flex-1 max-sm:basis-full" onSubmit={submit("member")}>
        <Input
          key={member}
          type="search"
          name="member"
          aria-label="Member: e-mail address, id, or system"
          placeholder="Member’s e-mail; then Enter"
          defaultValue={member}
        />
      </form>
      <form className="min-w-44 flex-1 max-sm:basis-full" onSubmit={submit("subject")}>
        <Input
          key={subject}
          type="search"
          name="subject"
          mono
          aria-label="Id of what was changed, or its beginning"
          placeholder="Id of what was changed"
          defaultValue={subject}
        />
      </form>
      <Select
        aria-label="Kind of change"
        className="max-sm:flex-1"
        options={withOther(VERBS, verb)}
        value={verb}
        onValueChange={(value) => change("verb", value)}
      />
      <Select
        aria-label="Time"
        className="max-sm:flex-1"
        options={withOther(PERIODS, since)}
        value={since}
        onValueChange={(value) => change("since", value)}
      />
      {Object.keys(filters).length > 0 && (
        <Button variant="ghost" onClick={clear}>
          <X aria-hidden="true" /> Clear
        </Button>
      )}
    </search>
  );
}

function withOther(options: typeof VERBS, value: string) {
  return options.some((option) => option.value === value)
    ? options
    : [...options, { value, label: value }];
}
