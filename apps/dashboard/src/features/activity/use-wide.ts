"use client";

/** Whether there is room for a panel beside a list. */
import { useSyncExternalStore } from "react";

const WIDE = "(min-width: 1200px)";

/** False on the server, where nobody knows. */
export function useWide(): boolean {
  return useSyncExternalStore(subscribe, isWide, () => false);
}

function subscribe(onChange: () => void): () => void {
  const query = window.matchMedia(WIDE);
  query.addEventListener("change", onChange);
  return () => query.removeEventListener("change", onChange);
}

function isWide(): boolean {
  return window.matchMedia(WIDE).matches;
}
