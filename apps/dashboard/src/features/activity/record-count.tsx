"use client";

/** How many records match, as exactly as it is known. */
import { useApi } from "../../data/use-api.ts";
import type { RecordFilters } from "./record-filters.ts";

const EVERY_MS = 5_000;

interface Props {
  readonly filters: RecordFilters;
}

export function RecordCount({ filters }: Props) {
  const { data } = useApi("GET /records/counts", filters, {
    refetchInterval: EVERY_MS,
    keepPrevious: true,
  });
  if (data === undefined) return <span>&nbsp;</span>;
  const { total, isExact, bound, byDecision } = data;
  if (!isExact) {
    return (
      <span title={`Counted up to ${format(bound)}; there are more.`}>
        {format(bound)}+ records
      </span>
    );
  }
  const refused = (byDecision?.deny ?? 0) + (byDecision?.approve ?? 0);
  return (
    <span>
      {format(total)} {total === 1 ? "record" : "records"}
      {refused > 0 && refused < total && `, ${format(refused)} not allowed`}
    </span>
  );
}

function format(count: number): string {
  return count.toLocaleString("en-US");
}
