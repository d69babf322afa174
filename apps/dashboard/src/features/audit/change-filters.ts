/** The filters of what members did, as they stand in the address. */
import type { Input } from "../../data/api.ts";
import { type Asked, textsOf } from "../../data/filters.ts";

export type ChangeFilters = Omit<Input<"GET /changes/counts">, "kind">;
export type ChangeKind = NonNullable<Input<"GET /changes">["kind"]>;

export const CHANGE_KINDS = ["change", "view"] as const satisfies readonly ChangeKind[];

export const CHANGE_FILTERS = [
  ...(["member", "verb", "subject", "request", "since", "until"] as const),
] satisfies readonly (keyof ChangeFilters)[];

export function changeFilters(asked: Asked): ChangeFilters {
  return textsOf(asked, CHANGE_FILTERS);
}

/** Changes, where nothing else is said. */
export function changeKind({ kind }: Asked): ChangeKind {
  return kind === "view" ? kind : "change";
}

/** Those whose changes can be chosen. */
export const MEMBERS = { limit: 200 } as const;
