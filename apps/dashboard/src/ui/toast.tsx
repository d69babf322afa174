"use client";

import dynamic from "next/dynamic";
/** A word about what just happened; read out by screen readers, gone after a while. */
import { createContext, use, useEffect, useMemo, useState } from "react";

export type ToastKind = "info" | "good" | "bad";

export interface ToastText {
  readonly title: string;
  readonly description?: string;
  readonly kind?: ToastKind;
  /** A way back, as "Undo"; it stays longer then. */
  readonly action?: { readonly label: string; readonly onSelect: () => void };
}

interface Toaster {
  show(text: ToastText): void;
}

const LEFT_ALONE_MS = 1_500;
const load = () => import("./toast-viewport.tsx");
const Viewport = dynamic(async () => (await load()).ToastViewport, { ssr: false });

const ToastContext = createContext<Toaster | undefined>(undefined);

/** `show` puts it at the edge of the page; what went wrong interrupts a screen reader, the rest waits. */
export function useToast(): Toaster {
  const toaster = use(ToastContext);
  if (toaster === undefined) throw new Error("there is no ToastProvider");
  return toaster;
}

/** The code of toasts comes when the page is idle, or with the first of them. */
export function ToastProvider({ children }: { readonly children: React.ReactNode }) {
  const [texts, setTexts] = useState<readonly ToastText[]>([]);
  const [isIdle, setIsIdle] = useState(false);
  useEffect(() => {
    const timer = setTimeout(setIsIdle, LEFT_ALONE_MS, true);
    return () => clearTimeout(timer);
  }, []);
  const toaster = useMemo(
    () => ({ show: (text: ToastText) => setTexts((before) => [...before, text]) }),
    [],
  );
  return (
    <ToastContext value={toaster}>
      {children}
      {(isIdle || texts.length > 0) && <Viewport texts={texts} />}
    </ToastContext>
  );
}
