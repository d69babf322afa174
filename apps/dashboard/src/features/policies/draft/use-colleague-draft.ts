"use client";

/** Reads what a colleague is writing, when it is asked for. */
import { ApiError, call } from "../../../data/api.ts";
import { useOrg } from "../../../data/org-context.tsx";
import { useToast } from "../../../ui/toast.tsx";

/** The text; undefined, and said so, where it cannot be had any more. */
export function useColleagueDraft(id: string, memberId: string): () => Promise<string | undefined> {
  const { slug } = useOrg();
  const { show } = useToast();
  return async () => {
    try {
      const { draft } = await call(slug, "GET /policies/{id}/draft", { id, memberId });
      return draft?.text;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      show({ title: "The draft cannot be read", description: error.message, kind: "bad" });
      return undefined;
    }
  };
}
