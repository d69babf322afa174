"use client";

/** What the list of changes is narrowed to. */
import { X } from "lucide-react";
import { useOrg } from "../../data/org-context.tsx";
import { usePages } from "../../data/use-api.ts";
import type { Filters } from "../../data/use-filters.ts";
import { Button } from "../../ui/button.tsx";
import { ChoiceFilter, FilterBar, PeriodFilter, TextFilter } from "../../ui/filter-bar.tsx";
import { type ChangeFilters, type ChangeKind, MEMBERS } from "./change-filters.ts";

const VERBS = [
  { value: "", label: "Any change" },
  { value: "policy", label: "Policies" },
  { value: "agent", label: "Agents" },
  { value: "agent-key", label: "Agent keys" },
  { value: "project", label: "Projects" },
  { value: "connector", label: "Connectors" },
  { value: "member", label: "Members" },
  { value: "invitation", label: "Invitations" },
  { value: "group", label: "Groups" },
  { value: "api-token", label: "API tokens" },
  { value: "org", label: "The org" },
];

interface Props extends Filters<ChangeFilters> {
  readonly kind: ChangeKind;
}

export function AuditFilters({ kind, filters, isFiltered, change, clear }: Props) {
  const { member = "", subject = "", verb = "", since = "" } = filters;
  return (
    <FilterBar>
      <TextFilter
        label={
          kind === "view"
            ? "Id of the record that was opened, or its beginning"
            : "Id of what was changed, or its beginning"
        }
        placeholder={kind === "view" ? "Id of a record" : "Id of what was changed"}
        mono
        value={subject}
        onChange={(value) => change("subject", value)}
      />
      <MemberFilter value={member} onChange={(value) => change("member", value)} />
      {kind === "change" && (
        <ChoiceFilter
          label="Kind of change"
          options={VERBS}
          value={verb}
          onChange={(value) => change("verb", value)}
        />
      )}
      <PeriodFilter label="Time" value={since} onChange={(value) => change("since", value)} />
      {isFiltered && (
        <Button variant="ghost" onClick={clear}>
          <X aria-hidden="true" /> Clear
        </Button>
      )}
    </FilterBar>
  );
}

interface MemberProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** By address, as it stands in the rows: chosen where the members are few, typed where they are many. */
function MemberFilter(props: MemberProps) {
  const { can } = useOrg();
  const members = usePages("GET /members", MEMBERS, { enabled: can("members:read") });
  if (members.hasNextPage) {
    return <TextFilter {...props} label="Member" placeholder="Member’s e-mail, or: system" />;
  }
  return (
    <ChoiceFilter
      {...props}
      label="Member"
      options={[
        { value: "", label: "Anybody" },
        ...members.items.map(({ email }) => ({ value: email, label: email })),
        { value: "system", label: "The product itself" },
      ]}
    />
  );
}
