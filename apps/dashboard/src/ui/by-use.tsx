"use client";

/** What hangs on a button comes with the button's first use; before that there is the button alone. */
import { cloneElement, type KeyboardEvent, type ReactElement, Suspense, useState } from "react";
import { usePreload } from "./use-once-opened.ts";

interface Props {
  /** The button. */
  readonly trigger: ReactElement<Record<string, unknown>>;
  readonly popup: "menu" | "dialog";
  readonly load: () => Promise<unknown>;
  /** Draws the same button, and begins open. */
  readonly children: React.ReactNode;
}

export function ByUse({ trigger, popup, load, children }: Props) {
  const [isUsed, setIsUsed] = useState(false);
  usePreload(load);
  const closed = cloneElement(trigger, {
    "aria-haspopup": popup,
    "aria-expanded": false,
    onClick: () => setIsUsed(true),
    onKeyDown(event: KeyboardEvent) {
      if (popup !== "menu" || event.key !== "ArrowDown") return;
      event.preventDefault();
      setIsUsed(true);
    },
  });
  return isUsed ? <Suspense fallback={closed}>{children}</Suspense> : closed;
}
