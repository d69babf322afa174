/** What became different, field by field. */

export interface Difference {
  readonly field: string;
  /** As JSON; null: it was not there. */
  readonly before: string | null;
  readonly after: string | null;
}

/** The fields that differ, those of `before` first. */
export function differencesOf(before: unknown, after: unknown): readonly Difference[] {
  const [old, now] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((field) => ({ field, before: old.get(field) ?? null, after: now.get(field) ?? null }))
    .filter((difference) => difference.before !== difference.after);
}

function fieldsOf(state: unknown): ReadonlyMap<string, string> {
  if (typeof state !== "object" || state === null) return new Map();
  return new Map(Object.entries(state).map(([field, value]) => [field, shown(value)]));
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value, null, 1) ?? "");
}
