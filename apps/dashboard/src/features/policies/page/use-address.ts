"use client";

/** What of a policy's page stands in its address: the tab, and the version and line that others link to. */
import { parseAsInteger, parseAsStringLiteral, useQueryStates } from "nuqs";

export const TABS = ["edit", "tests", "try", "dry-run", "versions"] as const;
export type TabName = (typeof TABS)[number];

/** A version in the address alone means to look at it. */
export function useAddress() {
  const [{ tab, version, line, against }, set] = useQueryStates({
    tab: parseAsStringLiteral(TABS),
    version: parseAsInteger,
    line: parseAsInteger,
    against: parseAsInteger,
  });
  const shown: TabName = tab ?? (version === null ? "edit" : "versions");
  return { tab: shown, version, line, against, set };
}
