"use client";

/** What is opened now and then is no part of what a page waits for: its code comes when the page is idle. */
import { useEffect, useState } from "react";

/** How long a page is left alone before it fetches what may be opened. */
const LEFT_ALONE_MS = 1_500;

/** Fetches it once the page is idle; what cannot be fetched now is fetched when it is opened. */
export function usePreload(load: () => Promise<unknown>): void {
  useEffect(() => {
    const timer = setTimeout(() => load().catch(() => undefined), LEFT_ALONE_MS);
    return () => clearTimeout(timer);
  }, [load]);
}

/** Whether it is open or has been: then it is drawn, so that it can close in its own time. */
export function useOnceOpened(open: boolean, load: () => Promise<unknown>): boolean {
  const [wasOpened, setWasOpened] = useState(open);
  usePreload(load);
  if (open && !wasOpened) setWasOpened(true);
  return wasOpened;
}
