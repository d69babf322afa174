/** Scopes as they are chosen: by noun, without saying the same twice. */

export interface Noun {
  readonly noun: string;
  readonly permissions: readonly string[];
}

/** `agents:read`, `agents:write` → `agents` with both; in the order they came. */
export function nounsOf(permissions: readonly string[]): readonly Noun[] {
  const nouns = new Map<string, string[]>();
  for (const permission of permissions) {
    const [noun = ""] = permission.split(":");
    nouns.set(noun, [...(nouns.get(noun) ?? []), permission]);
  }
  return [...nouns].map(([noun, own]) => ({ noun, permissions: own }));
}

/** With the scope, or without where it was chosen; `agents:*` takes the place of what it covers. */
export function toggleScope(chosen: readonly string[], scope: string): readonly string[] {
  if (chosen.includes(scope)) return chosen.filter((one) => one !== scope);
  const [noun, of] = scope.split(":");
  const kept = of === "*" ? chosen.filter((one) => one.split(":")[0] !== noun) : chosen;
  return [...kept, scope];
}
