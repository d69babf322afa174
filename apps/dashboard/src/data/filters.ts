/** Filters that stand in the address: the same, read on the server and in the browser. */

/** What stands behind the `?`. */
export interface Asked {
  readonly [name: string]: string | readonly string[] | null | undefined;
}

/** Those of these names that are set; what comes twice is left out. */
export function textsOf<Name extends string>(
  asked: Asked,
  names: readonly Name[],
): { readonly [name in Name]?: string } {
  const set: { [name in Name]?: string } = {};
  for (const name of names) {
    const value = asked[name];
    if (typeof value === "string" && value !== "") set[name] = value;
  }
  return set;
}
