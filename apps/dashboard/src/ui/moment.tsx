"use client";

/** A moment as people say it, exact when pointed at. */
import { useSyncExternalStore } from "react";
import { formatExact, formatRelative } from "./format-moment.ts";
import { useNow } from "./use-now.ts";

interface Props {
  /** RFC 3339; null: it has not come. */
  readonly at: string | null;
  /** Shown for null. */
  readonly none?: string;
  /** Written out instead of relative. */
  readonly exact?: boolean;
}

export function Moment({ at, none = "never", exact = false }: Props) {
  const nowMs = useNow();
  const isHere = useSyncExternalStore(neverChanges, inBrowser, onServer);
  if (at === null) return <span className="text-muted">{none}</span>;
  const moment = new Date(at);
  // The server does not know the reader's time zone: until the page is alive it is UTC.
  const full = formatExact(moment, isHere ? undefined : "UTC");
  return (
    <time dateTime={at} title={full} suppressHydrationWarning className="whitespace-nowrap">
      {exact ? full : formatRelative(moment, nowMs)}
    </time>
  );
}

function neverChanges(): () => void {
  return () => undefined;
}

function inBrowser(): boolean {
  return true;
}

function onServer(): boolean {
  return false;
}
