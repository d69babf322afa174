/** The query of a page's address. */
export type Search = { readonly [name: string]: string | readonly string[] | undefined };

/** The one value of a name; undefined where there is none or several. */
export function one(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
