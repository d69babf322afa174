"use client";

/** The filters of a list, as they stand in the address, and how they are changed. */
import { parseAsString, useQueryStates } from "nuqs";
import { useMemo } from "react";
import type { Asked } from "./filters.ts";

export interface Filters<Set extends object> {
  readonly filters: Set;
  readonly isFiltered: boolean;
  /** Null or empty takes a filter away. */
  change(name: keyof Set & string, value: string | null): void;
  clear(): void;
}

/** `read` says what of the address holds. */
export function useFilters<Set extends object>(
  names: readonly (keyof Set & string)[],
  read: (asked: Asked) => Set,
): Filters<Set> {
  const parsers = useMemo(
    () => Object.fromEntries(names.map((name) => [name, parseAsString])),
    [names],
  );
  const [values, setValues] = useQueryStates(parsers, { history: "push" });
  const filters = useMemo(() => read(values), [read, values]);
  return {
    filters,
    isFiltered: Object.keys(filters).length > 0,
    change: (name, value) => void setValues({ [name]: value === "" ? null : value }),
    clear: () => void setValues(null),
  };
}
