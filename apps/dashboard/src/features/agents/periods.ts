/** The periods that usage is told for. */
import type { Input } from "../../data/api.ts";

export interface Period {
  readonly label: string;
  /** As `GET /usage` and the activity's address take it. */
  readonly since: string;
  /** Since the first record. */
  readonly isAll: boolean;
}

export const PERIODS: readonly Period[] = [
  { label: "24 hours", since: "24h", isAll: false },
  { label: "7 days", since: "7d", isAll: false },
  { label: "30 days", since: "30d", isAll: false },
  { label: "In all", since: "1970-01-01T00:00:00Z", isAll: true },
];

/** An agent or a project by its id. */
export type Whose = { readonly agent: string } | { readonly project: string };

export function usageInput({ since }: Period, whose: Whose): Input<"GET /usage"> {
  return { since, ...whose };
}
