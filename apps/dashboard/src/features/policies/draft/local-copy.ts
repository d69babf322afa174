/** What this browser keeps of a draft until the server has it. Where nothing can be kept, nothing is. */
import type { LocalCopy } from "./draft-state.ts";

interface Place {
  readonly org: string;
  readonly policyId: string;
}

export function readLocalCopy(place: Place): LocalCopy | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(place)) ?? "null");
    return isLocalCopy(kept) ? kept : null;
  } catch {
    return null;
  }
}

/** Null: there is nothing to keep any more. */
export function writeLocalCopy(place: Place, copy: LocalCopy | null): void {
  try {
    if (copy === null) localStorage.removeItem(keyOf(place));
    else localStorage.setItem(keyOf(place), JSON.stringify(copy));
  } catch {
    // A browser that keeps nothing: the server has the draft a second later.
  }
}

function keyOf({ org, policyId }: Place): string {
  return `yolo.draft.${org}.${policyId}`;
}

function isLocalCopy(kept: unknown): kept is LocalCopy {
  if (typeof kept !== "object" || kept === null) return false;
  if (!("text" in kept && "base" in kept && "revision" in kept && "sent" in kept)) return false;
  const { text, base, revision, sent } = kept;
  const isText = typeof text === "string" && (typeof sent === "string" || sent === null);
  return isText && Number.isInteger(base) && Number.isInteger(revision);
}
