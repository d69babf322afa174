/** What the org has, as far as a policy names it. */
export interface Known {
  readonly agents: readonly string[];
  /** Slugs. */
  readonly projects: readonly string[];
  /** What agents have acted on lately, with the family of the verb. */
  readonly resources: readonly { readonly family: string; readonly resource: string }[];
}

export const NOTHING_KNOWN: Known = { agents: [], projects: [], resources: [] };

/** The resources of records, each once, in the order in which they come. */
export function resourcesOf(
  records: readonly { readonly verb: string; readonly resource: string }[],
): Known["resources"] {
  const seen = new Map<string, Known["resources"][number]>();
  for (const { verb, resource } of records) {
    const family = verb.replace(/:.*/, "");
    seen.set(`${family} ${resource}`, { family, resource });
  }
  return [...seen.values()].slice(0, 100);
}
