/** What the home page asks, so that the server can ask it ahead. */

/** The period that it speaks of, as the lists it links to take it. */
export const SINCE = "24h";

export const DENIALS = { decision: "deny", since: SINCE, limit: 5 } as const;

export const NEWEST = { limit: 10 } as const;

export const COUNTS = {
  waiting: { decision: "approve", since: SINCE },
  would: { decision: "allow", would: "deny,approve", since: SINCE },
  failed: { outcome: "upstream_error,unknown", since: SINCE },
} as const;
