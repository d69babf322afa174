/** A slug out of a name, for people to change. */

/** The name's letters as a slug has them: `Müller & Söhne` → `muller-sohne`. May be empty. */
export function suggestSlug(name: string): string {
  return name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replaceAll(/^-+|-+$/g, "");
}
