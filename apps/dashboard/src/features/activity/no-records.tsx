"use client";

/** No record: because none matches, or because nothing has been called yet. */
import { Radio } from "lucide-react";
import { useOrg } from "../../data/org-context.tsx";
import type { Filters } from "../../data/use-filters.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { LinkButton } from "../../ui/link-button.tsx";
import { FILTER_KINDS, type RecordFilters, valueLabel } from "./record-filters.ts";

export function NoRecords({ filters, isFiltered, change, clear }: Filters<RecordFilters>) {
  const { slug } = useOrg();
  const set = FILTER_KINDS.filter(({ name }) => filters[name] !== undefined);
  if (!isFiltered) {
    return (
      <EmptyState
        icon={<Radio aria-hidden="true" />}
        title="Nothing has been called yet"
        action={
          <LinkButton variant="primary" href={`/${slug}/start`}>
            Connect an agent
          </LinkButton>
        }
      >
        Every call of your agents appears here within a second, with what was decided and why.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="No record matches"
      action={
        <>
          {filters.text !== undefined && (
            <Button onClick={() => change("text", null)}>Without “{filters.text}”</Button>
          )}
          {set.map((kind) => (
            <Button key={kind.name} onClick={() => change(kind.name, null)}>
              Any {kind.label.toLowerCase()}, not {valueLabel(kind, String(filters[kind.name]))}
            </Button>
          ))}
          <Button variant="ghost" onClick={clear}>
            Clear all
          </Button>
        </>
      }
    >
      What comes in and matches appears here by itself. Payloads are sealed, so their text is not
      searched.
    </EmptyState>
  );
}
