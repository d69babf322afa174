"use client";

/** Copies text, and says for a moment whether it worked. */
import { useEffect, useState } from "react";

const SHOWN_MS = 2_000;

export type CopyState = "idle" | "copied" | "failed";

export function useCopy(text: string): readonly [CopyState, () => Promise<void>] {
  const [state, setState] = useState<CopyState>("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(setState, SHOWN_MS, "idle");
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setState("copied");
    } catch {
      // A page without a secure origin has no clipboard; the text can still be selected.
      setState("failed");
    }
  };
  return [state, copy];
}
