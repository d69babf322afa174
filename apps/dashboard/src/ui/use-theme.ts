"use client";

/** The theme, and a way to change it at once and for next time. */
import { useSyncExternalStore } from "react";
import { setTheme } from "./set-theme.ts";
import { readTheme, type Theme } from "./theme.ts";

const CHANGED = "themechange";

/** As the document has it now. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  return [useSyncExternalStore(onChange, current, onServer), choose];
}

function onChange(listener: () => void): () => void {
  addEventListener(CHANGED, listener);
  return () => removeEventListener(CHANGED, listener);
}

function current(): Theme {
  return readTheme(document.documentElement.dataset.theme);
}

function onServer(): Theme {
  return "system";
}

function choose(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  dispatchEvent(new Event(CHANGED));
  void setTheme(theme);
}
