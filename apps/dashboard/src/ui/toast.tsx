"use client";

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
type Viewport = Awaited<ReturnType<typeof load>>["ToastViewport"];

const ToastContext = createContext<Toaster | undefined>(undefined);

/** `show` puts it at the edge of the page; what went wrong interrupts a screen reader, the rest waits. */
export function useToast(): Toaster {
  const toaster = use(ToastContext);
  if (toaster === undefined) throw new Error("there is no ToastProvider");
  return toaster;
}

/** The code of toasts comes when the page is idle, or with the first of them; without a network the next one tries again. */
export function ToastProvider({ children }: { readonly children: React.ReactNode }) {
  const [texts, setTexts] = useState<readonly ToastText[]>([]);
  const [Viewport, setViewport] = useState<Viewport>();
  useEffect(() => {
    const fetchIt = () =>
      load().then(
        ({ ToastViewport }) => setViewport(() => ToastViewport),
        () => undefined,
      );
    const timer = setTimeout(fetchIt, texts.length > 0 ? 0 : LEFT_ALONE_MS);
    return () => clearTimeout(timer);
  }, [texts]);
  const toaster = useMemo(
    () => ({ show: (text: ToastText) => setTexts((before) => [...before, text]) }),
    [],
  );
  return (
    <ToastContext value={toaster}>
      {children}
      {Viewport !== undefined && <Viewport texts={texts} />}
    </ToastContext>
  );
}
