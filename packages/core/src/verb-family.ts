/** The families of verbs. They stand apart from the action, so that a browser can know them without its hash. */

/** The families a verb may belong to. Anything else is refused, `custom` being the place for one's own. */
export const VERB_FAMILIES = [
  "llm",
  "mcp",
  "http",
  "git",
  "aws",
  "db",
  "tool",
  "agent",
  "custom",
] as const;
export type VerbFamily = (typeof VERB_FAMILIES)[number];
