/** The kinds of client, told from headers, hook fields and the kind of key. */
export const TIERS = ["interactive", "subagent", "background", "api"] as const;
export type Tier = (typeof TIERS)[number];
