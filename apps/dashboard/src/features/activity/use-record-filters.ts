"use client";

/** The filters that stand in the address, and how they are changed. */
import { useQueryStates } from "nuqs";
import { useMemo } from "react";
import {
  FILTER_PARSERS,
  type FilterName,
  type RecordFilters,
  setFilters,
} from "./record-filters.ts";

export interface Filters {
  readonly filters: RecordFilters;
  /** Null or empty takes a filter away. */
  change(name: FilterName, value: string | null): void;
  clear(): void;
}

export function useRecordFilters(): Filters {
  const [values, setValues] = useQueryStates(FILTER_PARSERS, { history: "push" });
  const filters = useMemo(() => setFilters(values), [values]);
  return {
    filters,
    change: (name, value) => void setValues({ [name]: value === "" ? null : value }),
    clear: () => void setValues(null),
  };
}
