/** The filters of the list of sessions, as they stand in the address. */
import type { Input } from "../../data/api.ts";

export type SessionFilters = Omit<Input<"GET /sessions">, "limit" | "before">;
export type SessionFilterName = keyof SessionFilters;

interface Values {
  readonly [name: string]: string | readonly string[] | null | undefined;
}

/** Those that are set, in one order: server and browser ask the same. */
export function setSessionFilters(values: Values): SessionFilters {
  const { state } = values;
  return {
    ...text(values, "session"),
    ...text(values, "agent"),
    ...text(values, "project"),
    ...(state === "active" || state === "quiet" ? { state } : {}),
    ...text(values, "since"),
    ...text(values, "until"),
  };
}

function text(values: Values, name: SessionFilterName): { readonly [name: string]: string } {
  const value = values[name];
  return typeof value === "string" && value !== "" ? { [name]: value } : {};
}
