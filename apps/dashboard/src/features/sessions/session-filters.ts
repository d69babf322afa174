/** The filters of the list of sessions, as they stand in the address. */
import type { Input } from "../../data/api.ts";
import { type Asked, textsOf } from "../../data/filters.ts";

export type SessionFilters = Omit<Input<"GET /sessions">, "limit" | "before">;

export const SESSION_FILTERS = [
  "session",
  "agent",
  "project",
  "state",
  "since",
  "until",
] as const satisfies readonly (keyof SessionFilters)[];

export function sessionFilters(asked: Asked): SessionFilters {
  const { state, ...texts } = textsOf(asked, SESSION_FILTERS);
  return { ...texts, ...((state === "active" || state === "quiet") && { state }) };
}
