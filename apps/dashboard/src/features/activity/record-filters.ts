/** The filters of the list of records, as they stand in the address. */
import { parseAsString } from "nuqs";
import type { Input } from "../../data/api.ts";

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

/** Every filter's parser for nuqs. */
export const FILTER_PARSERS = {
  decision: parseAsString,
  would: parseAsString,
  outcome: parseAsString,
  status: parseAsString,
  agent: parseAsString,
  project: parseAsString,
  session: parseAsString,
  verb: parseAsString,
  resource: parseAsString,
  user: parseAsString,
  model: parseAsString,
  rule: parseAsString,
  since: parseAsString,
  until: parseAsString,
  text: parseAsString,
} satisfies { readonly [name in FilterName]: typeof parseAsString };

/** Those that are set, in one order: server and browser ask the same. */
export function setFilters(
  values: {
    readonly [name in FilterName]?: string | null | undefined;
  },
): RecordFilters {
  const names = Object.keys(FILTER_PARSERS).filter(isFilterName);
  return Object.fromEntries(
    names.flatMap((name) => (values[name] ? [[name, values[name]] as const] : [])),
  );
}

/** As they come with a page's address on the server; what comes twice is left out. */
export function filtersOfAddress(search: {
  readonly [name: string]: string | readonly string[] | undefined;
}): RecordFilters {
  const single = Object.entries(search).filter(([, value]) => typeof value === "string");
  return setFilters(Object.fromEntries(single));
}

function isFilterName(name: string): name is FilterName {
  return Object.hasOwn(FILTER_PARSERS, name);
}
