/** The filters of what members did, as they stand in the address. */
import type { Input } from "../../data/api.ts";

export type ChangeFilters = Omit<Input<"GET /changes">, "limit" | "before">;
export type ChangeFilterName = keyof ChangeFilters;

const CHANGE_FILTERS = ["member", "verb", "subject", "request", "since", "until"] as const;

/** Those that are set, in one order: server and browser ask the same. */
export function setChangeFilters(values: {
  readonly [name: string]: string | readonly string[] | null | undefined;
}): ChangeFilters {
  return Object.fromEntries(
    CHANGE_FILTERS.flatMap((name) => {
      const value = values[name];
      return typeof value === "string" && value !== "" ? [[name, value]] : [];
    }),
  );
}
