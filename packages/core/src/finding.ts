/** What content inspection found. A finding never holds the found text itself. */

export const SEVERITIES = ["low", "medium", "high"] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface Finding {
  /** What it is: `anthropic_key`, `agent_key`, `aws_access_key`, … */
  readonly type: string;
  readonly severity: Severity;
  /** JSON Pointer (RFC 6901) of the string it stood in, for example `/messages/3/content/0/text`. */
  readonly place: string;
  /** `replaced`: gone from what is sent on; `kept`: left where a change would break the protocol. */
  readonly handling: "replaced" | "kept";
}
