/** The filters of the list of records, as they stand in the address. */
import type { Input } from "../../data/api.ts";
import { type Asked, textsOf } from "../../data/filters.ts";

export type RecordFilters = Omit<Input<"GET /records">, "limit" | "before" | "after">;
export type FilterName = keyof RecordFilters;

export interface FilterKind {
  readonly name: FilterName;
  readonly label: string;
  /** What may be asked, in an example. */
  readonly example: string;
  /** The few values it has; left out: anything. */
  readonly values?: readonly string[];
}

export const FILTER_KINDS: readonly FilterKind[] = [
  {
    name: "decision",
    label: "Decision",
    example: "",
    values: ["allow", "deny", "approve", "deny,approve"],
  },
  {
    ...{ name: "outcome", label: "Outcome", example: "" },
    values: ["open", "done", "upstream_error", "aborted", "not_sent", "refused", "unknown"],
  },
  { name: "agent", label: "Agent", example: "claude-code" },
  { name: "project", label: "Project", example: "web" },
  { name: "session", label: "Session", example: "d97e2169" },
  { name: "verb", label: "Verb", example: "git or *:Get*" },
  { name: "resource", label: "Resource", example: "anthropic/*" },
  { name: "user", label: "User", example: "ada@example.com" },
  { name: "model", label: "Model", example: "claude-sonnet*" },
  { name: "status", label: "Status", example: "403" },
  { name: "rule", label: "Rule", example: "pol_…#no-deletes" },
  { name: "would", label: "Would be", example: "", values: ["allow", "deny", "approve"] },
  { name: "since", label: "Since", example: "24h or 2026-11-22T09:00:00Z" },
  { name: "until", label: "Until", example: "1h or 2026-11-22T10:00:00Z" },
];

/** Those with a control of their own in the bar. */
export const IN_BAR: readonly FilterName[] = ["decision", "since"];

const VALUE_LABELS: { readonly [value: string]: string } = {
  allow: "allowed",
  deny: "denied",
  approve: "needs approval",
  "deny,approve": "not allowed",
  open: "under way",
  upstream_error: "upstream error",
  not_sent: "not sent",
};

/** A value in the words of the page. */
export function valueLabel({ values }: FilterKind, value: string): string {
  return values === undefined ? value : (VALUE_LABELS[value] ?? value);
}

/** In one order: server and browser ask the same. */
export const RECORD_FILTERS: readonly FilterName[] = [
  ...FILTER_KINDS.map(({ name }) => name),
  "text",
];

export function recordFilters(asked: Asked): RecordFilters {
  return textsOf(asked, RECORD_FILTERS);
}
