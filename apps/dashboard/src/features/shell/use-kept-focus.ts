"use client";

/**
 * What has the focus may go away: the row that was removed, the page that was left. Then the new page, or what is left
 * of this one, has it, so that keys and screen readers go on from there and not from nowhere.
 */
import { type RefObject, useEffect } from "react";

export function useKeptFocus(ref: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const main = ref.current;
    if (main === null) return;
    let last: Element | null = null;
    const remember = () => {
      last = document.activeElement;
    };
    const observer = new MutationObserver(() => {
      if (last === null || last.isConnected) return;
      last = null;
      if (document.activeElement === document.body) main.focus({ preventScroll: true });
    });
    main.addEventListener("focusin", remember);
    observer.observe(main, { childList: true, subtree: true });
    return () => {
      main.removeEventListener("focusin", remember);
      observer.disconnect();
    };
  }, [ref]);
}
