"use client";

import { formatRelative } from "../../../ui/format-moment.ts";
/** Whether what was written is on the server. */
import { useNow } from "../../../ui/use-now.ts";
import { type Draft, isChanged, isUnsaved } from "../draft/draft-state.ts";

export function SaveState({
  draft,
  canWrite,
}: {
  readonly draft: Draft;
  readonly canWrite: boolean;
}) {
  const nowMs = useNow();
  return (
    // Seconds pass between the server and the browser.
    <p className="min-h-5 text-muted text-xs" role="status" suppressHydrationWarning>
      {canWrite ? wordsOf(draft, nowMs) : "You may read this policy, and not change it."}
    </p>
  );
}

function wordsOf(draft: Draft, nowMs: number): string {
  if (draft.elsewhere !== null) return "Not saved: you have saved another text elsewhere.";
  if (draft.saving === "offline") return "Offline. The draft is kept in this browser.";
  if (draft.saving === "refused" && isUnsaved(draft)) return "Not saved yet; trying again.";
  if (draft.saving === "saving" || isUnsaved(draft)) return "Saving…";
  if (!isChanged(draft) || draft.savedAt === null) return "No draft: this is what is in force.";
  return `Draft saved ${formatRelative(new Date(draft.savedAt), nowMs)}.`;
}
